"""签到叫号: who comes to the hall today, and whom this window calls."""
