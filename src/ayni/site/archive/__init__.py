"""Backup and restore: the whole site in one file that either database can take back (docs/howto/backup.md).

`container` is the file and its checks, `tables` the database as lines of JSON, `transfer` puts both together.
"""
