"""Network scanners that speak eSCL (AirScan, Mopria), over HTTP or over HTTPS with a pinned certificate."""
