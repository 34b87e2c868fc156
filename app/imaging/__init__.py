"""Pixels to pixels and bytes to pixels: decode, encode, crop, matte; pure functions."""
