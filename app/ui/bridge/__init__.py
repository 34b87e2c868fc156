"""The only threads of the windows: work goes out as a question, comes back as an answer on the GUI thread."""
