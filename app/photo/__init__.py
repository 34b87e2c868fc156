"""The photo station: compose a photo to a standard, assess it, run a session from shutter to saved photo."""
