"""A4 printers over IPP: CUPS on this machine or another, or a printer that speaks IPP itself."""
