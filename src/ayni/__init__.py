"""Ayni: the open platform on which social development ministries exchange what they know."""

__version__ = "0.1.0"
