"""A pen tablet behind a pseudo-terminal: sends the kernel's input events, and loses them as real ones do."""
