"""Readers of second-generation identity cards that speak the SDT protocol of the SAM_V module."""
