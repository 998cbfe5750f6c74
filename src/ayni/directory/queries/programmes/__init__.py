"""Programmes: as the catalogue shows them, and as the rows of a file."""
