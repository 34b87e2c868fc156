"""A card reader of our own: a SAM_V module byte for byte, invented cards, on a terminal, a USB bus or HID reports."""
