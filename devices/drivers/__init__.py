"""Concrete device drivers, one package a family; each runs inside a worker process."""
