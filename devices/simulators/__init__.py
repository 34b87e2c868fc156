"""Simulated devices that speak the real bytes and fail on command; shipped, training mode uses them."""
