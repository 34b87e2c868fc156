"""The embedded back end, a real HTTP server for training mode, the demo and the tests."""
