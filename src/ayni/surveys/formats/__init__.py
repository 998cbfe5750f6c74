"""Workbooks and other files <-> plain values, for questionnaires and their answers. No ORM in here."""
