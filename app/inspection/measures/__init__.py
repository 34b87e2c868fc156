"""Numbers from a picture, by groups: each with its unit, its method and the place it was read from; nothing judges."""
