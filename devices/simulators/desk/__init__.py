"""A desk under a document camera, drawn: sheets and cards at known places, hands, light, noise."""
