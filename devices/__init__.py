"""Devices of the window: ports, drivers, simulators, and the worker process each driver runs in."""
