"""A receipt printer of our own: reads the very bytes, shows the paper, answers status, and can be told to fail."""
