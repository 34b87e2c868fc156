"""A document reader behind a pseudo-terminal: sends zones as real readers do, and goes wrong as they do."""
