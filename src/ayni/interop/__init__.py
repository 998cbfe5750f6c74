"""Other systems' records in and out: files, exchange formats, linkage, open data."""
