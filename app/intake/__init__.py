"""Walk-in matters below the windows: drafts that outlive a power cut, cases and their way, lists and figures."""
