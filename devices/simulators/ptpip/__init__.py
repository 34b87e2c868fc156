"""A PTP/IP camera of our own, Nikon or Canon as libgphoto2 sees them on the wire: live view, and told to fail."""
