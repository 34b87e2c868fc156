"""Receipts: template to ESC/POS bytes, and the state of every print job."""
