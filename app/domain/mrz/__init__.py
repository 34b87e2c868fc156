"""The machine-readable zone of travel documents (ICAO Doc 9303): layouts, check digits, dates, names, suggestions."""
