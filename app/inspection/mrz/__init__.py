"""The machine-readable zone in a picture: find the strip, lay it straight, tell its characters apart."""
