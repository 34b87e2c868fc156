"""By which numbers a photo is judged, where each comes from, and since when."""
