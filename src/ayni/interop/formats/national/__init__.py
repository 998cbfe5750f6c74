"""National records: a spreadsheet becomes records of the standard by a profile that is data (docs/howto/national-records.md)."""
