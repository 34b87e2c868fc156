"""Finger scanners with the vendor-neutral C interface of GA/T 1011 and GA/T 1012: ``LIVESCAN_*`` and ``FP_*``."""
