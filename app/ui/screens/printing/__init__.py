"""打印: what became of every ticket and receipt."""
