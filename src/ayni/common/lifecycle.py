"""A step of a life cycle as data: from where to where, by whom, with or without a reason (ADR 20); and whose turn it is."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Step:
    """`side` whose permission counts: of the thing itself ("own"), of one side of it, of either, or the network's ("network").

    Without a permission the system takes it. `main` is the step that a page offers first.
    """

    code: str
    before: tuple[str, ...]
    after: str
    verb: str
    label: Promise
    permission: str | None
    side: str = "own"
    reason: bool = False
    main: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has to act ("" when nobody), and what has to be done."""

    who: str
    what: str
