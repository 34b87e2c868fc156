"""Rows that leave as a file an office program opens: Excel, Word, text; written whole or not at all."""
