"""Issued photos and daily figures."""
