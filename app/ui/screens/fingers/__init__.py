"""指纹采集: the guided way of one person's fingers, from the first press to the record."""
