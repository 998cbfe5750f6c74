"""What an action says when it will not do what was asked."""


class Refused(Exception):
    """A rule forbids the change; nothing was written.

    The message is a translated sentence for the person who asked: what is wrong, where, and what to do.
    """


class Conflict(Refused):
    """Somebody else changed the same thing in the meantime; both versions are kept."""
