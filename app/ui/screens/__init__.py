"""One package a screen: a view that lays out and forwards, a view model that knows no widget."""
