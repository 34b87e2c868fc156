"""The only place that chooses concrete parts and joins them; everything else is handed its collaborators."""
