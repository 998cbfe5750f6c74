"""What leaves as open data: the shape of each record, what can be asked, and the files. Knows no table."""
