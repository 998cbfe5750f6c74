"""What only an import changes is asked once after each import, not with every page: exact counts, the choices of filters."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db.models import Max, Subquery, Sum

from ayni.interop.models import AttachedReport, SourceFile

Value = TypeVar("Value")
# Invented questions drive out other invented ones, and the memory stays small.
ROOM = 512


class KeptAnswers:
    """Answers of this process to questions about what was imported, as long as nothing more is imported."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._stamp: Hashable = None
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, stamp: Hashable, question: Hashable, ask: Callable[[], Value]) -> Value:
        """The answer to `question`, asked anew when `stamp` is another than last time."""
        with self._lock:
            if stamp != self._stamp:
                self._answers.clear()
                self._stamp = stamp
            if question in self._answers:
                self._answers.move_to_end(question)
                found: Value = self._answers[question]
                return found
        found = ask()
        with self._lock:
            if stamp == self._stamp:
                self._answers[question] = found
                while len(self._answers) > self._room:
                    self._answers.popitem(last=False)
        return found


ANSWERS = KeptAnswers()


def imported_so_far() -> Hashable:
    """Changes with every batch of every import, and with what comes to stand behind what. One query over the files, which are few."""
    attached = AttachedReport.objects.order_by("-pk").values("pk")[:1]
    undone = AttachedReport.objects.filter(undone_at__isnull=False).order_by("-undone_at").values("undone_at")[:1]
    told = SourceFile.objects.aggregate(
        last=Max("pk"),
        began=Max("started_at"),
        done=Max("finished_at"),
        read=Sum("position"),
        added=Sum("added"),
        attached=Max(Subquery(attached)),
        undone=Max(Subquery(undone)),
    )
    return tuple(told.values())
