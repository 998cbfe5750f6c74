"""Lists as spreadsheets: a list is declared once, as columns; it goes out as a workbook or CSV, and comes back as a difference."""
