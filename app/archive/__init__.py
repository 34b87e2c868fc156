"""档案影像化: scanned pages measured, separators drawn and read."""
