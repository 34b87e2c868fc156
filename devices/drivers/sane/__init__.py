"""Scanners through SANE (libsane), bound directly: its status numbers are the errors, its texts are never read."""
