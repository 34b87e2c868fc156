"""A serial fingerprint module of our own behind a pseudo-terminal: answers byte for byte, fails when told."""
