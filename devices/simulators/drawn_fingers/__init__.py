"""Drawn ridge patterns of nobody, with faults of known size, and a scanner that shows them in training mode."""
