"""A network scanner of our own: speaks eSCL over HTTP, feeds drawn pages, and can be told to fail."""
