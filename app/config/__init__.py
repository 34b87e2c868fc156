"""Every setting declared once, the places of files, the clock, and the texts under their codes."""
