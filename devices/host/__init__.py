"""The worker process of a device: its messages, its supervisor, its deadlines."""
