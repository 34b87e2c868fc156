"""The photo station: start, live view, shots, choice."""
