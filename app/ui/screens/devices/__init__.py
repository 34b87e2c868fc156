"""Every device's state and its remedy."""
