"""Composed photos, crop, save, receipt."""
