"""Document readers on a serial line that send the machine-readable zone as text."""
