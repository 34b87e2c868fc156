"""Window matters (窗口事项): what may be asked for, by whom, with which form, materials and rules. Data, not code."""
