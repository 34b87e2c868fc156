"""The officer's words and rules: standard library only, no files, no clock, no pixels."""
