"""Which photo, who looks at it, in what order."""
