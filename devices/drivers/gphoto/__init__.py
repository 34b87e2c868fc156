"""Nikon and Canon through libgphoto2; the library is imported in the worker process alone."""
