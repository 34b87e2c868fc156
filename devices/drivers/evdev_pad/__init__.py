"""Pen tablets and pen displays through the Linux input events of the kernel."""
