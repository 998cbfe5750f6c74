"""Days and months as pages and forms of the plan ask for them."""

from datetime import date

from ayni.methods.schedule import Span, days_of, months_later


def span(first: date, last: date) -> Span:
    """From one day to another, both included. Raises ValueError when they are not in order."""
    return Span(first, last)


def days_between(first: date, last: date, *, weekends: bool) -> list[date]:
    """The days from one to another, with or without those of weekends."""
    return list(days_of(Span(first, last), weekends=weekends))


def month_beside(month: date, months: int) -> date:
    """The first day of the month so many months later (or earlier)."""
    return months_later(month, months)
