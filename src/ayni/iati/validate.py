"""All judges over a whole file, on every core: what ``./ayni iati validate`` says."""

import gc
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from ayni.iati.codelists import CodeList, lists_in
from ayni.iati.coding import Mapped, code_findings, mapping
from ayni.iati.findings import Finding, Severity, moved
from ayni.iati.parsing import Parsed, parse
from ayni.iati.read import opened, refused
from ayni.iati.rules.language import Case
from ayni.iati.ruling import rule_findings, standard, terms
from ayni.iati.schema import schema_findings
from ayni.iati.source import Batch, Header, Unreadable, batches
from ayni.iati.tags import tags_of
from ayni.iati.versions import version_findings

T = TypeVar("T")
ALONE = 4 << 20
"""Bytes up to which a file is judged in this process: starting others takes longer."""


@dataclass(frozen=True, slots=True)
class Judges:
    """What to judge by: a folder of the administrator's lists (None: the shipped ones) and the day that rules call today."""

    today: date
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """Between two batches of a file: the ``number`` of the next and the byte at which it ``start``s, its first ``line``, the ``records``
    before it, and the judges who had something ``against`` the file until there."""

    number: int = 0
    start: int = 0
    line: int = 0
    records: int = 0
    against: tuple[Severity, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A batch's findings in the file's lines and numbers, how far the file is done, from 0 to 1, and what comes ``after`` it."""

    findings: tuple[Finding, ...]
    done: float
    after: Reached


@dataclass(slots=True)
class Verdict:
    """What is said of a file as a whole. ``version`` is the file's. ``findings`` is empty where each was given away as it came."""

    file: str
    version: str = ""
    activities: int = 0
    organisations: int = 0
    findings: list[Finding] = field(default_factory=list)
    against: set[Severity] = field(default_factory=set)

    def valid(self, severity: Severity) -> bool:
        """Whether that judge has nothing against the file. What could not be read is not valid for any of them."""
        return self.against.isdisjoint((severity, Severity.READ))


def validate(
    path: Path,
    judges: Judges,
    *,
    processes: int | None = None,
    progress: Callable[[float], None] | None = None,
    take: Callable[[Finding], None] | None = None,
    begin: Reached | None = None,
    reached: Callable[[Reached], None] | None = None,
) -> Verdict:
    """Judges a file. ``progress`` is told how much is done, 0 to 1. Never raises for what the file holds.

    ``take`` is given each finding in the file's order, and none is kept: memory then does not grow with the file. ``reached`` is told
    after each batch but the last, when all its findings were given; with the last of it as ``begin`` judging goes on there.
    """
    begin = begin or Reached()
    verdict = Verdict(str(path), against=set(begin.against))
    keep = take or verdict.findings.append

    def found(each: Finding) -> None:
        if not each.weak:
            verdict.against.add(each.severity)
        keep(each)

    try:
        with opened(path) as header:
            verdict.version = header.version
            for each in judged(header, judges, processes=processes, begin=begin):
                for one in each.findings:
                    found(one)
                if header.kind == "iati-activities":
                    verdict.activities = each.after.records
                else:
                    verdict.organisations = each.after.records
                if reached is not None and each.done < 1:
                    reached(replace(each.after, against=tuple(sorted(verdict.against))))
                if progress is not None:
                    progress(each.done)
    except Unreadable as error:
        found(refused(error))
    return verdict


def judged(
    header: Header, judges: Judges, *, processes: int | None = None, begin: Reached | None = None
) -> Iterator[Judged]:
    """The batches of a file, from where it was left, judged, in order. Raises Unreadable."""
    size = header.path.stat().st_size
    begin = begin or Reached()
    line, records = begin.line or header.line, begin.records
    work = partial(_judge, judges=judges)
    for batch, (findings, count, lines) in over(header, work, processes=processes, begin=begin):
        told = tuple(moved(each, line, records) for each in findings)
        line, records, end = line + lines, records + count, batch.start + batch.size
        yield Judged(told, 1.0 if batch.last else end / max(size, 1), Reached(batch.number + 1, end, line, records))


def over(
    header: Header, work: Callable[[Batch], T], *, processes: int | None = None, begin: Reached | None = None
) -> Iterator[tuple[Batch, T]]:
    """``work`` done on each batch, on every core where the file is large, and given back in the file's order. Raises Unreadable.

    ``work`` must be a function of a module (or a partial of one): other processes are to find it.
    """
    workers = processes or os.cpu_count() or 1
    given = batches(header, start=begin.start, number=begin.number) if begin else batches(header)
    if workers == 1 or header.path.stat().st_size <= ALONE:
        for batch in given:
            yield batch, work(batch)
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("fork"), initializer=_begin, initargs=(os.getpid(),)
    ) as pool:
        waiting: deque[tuple[Batch, Future[T]]] = deque()
        for batch in given:
            waiting.append((batch, pool.submit(work, batch)))
            if len(waiting) > 3 * workers:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()


def _begin(parent: int) -> None:
    """A worker makes many values and no rings, so it need not look for rings after every few; and it ends with who began it."""
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """A parent that was killed says nothing, and forked workers would wait for it for ever."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _judge(batch: Batch, judges: Judges) -> tuple[tuple[Finding, ...], int, int]:
    parsed = parse(batch)
    found = sorted(
        findings_of(parsed, batch, judges), key=lambda each: (each.line, each.severity, each.path, each.rule)
    )
    return tuple(found), parsed.records, parsed.lines


def findings_of(parsed: Parsed, batch: Batch, judges: Judges) -> Iterator[Finding]:
    """Everything the reader and the three judges say of a batch, in its own lines and numbers."""
    lists, mapped, cases = _knowledge(judges.folder)
    known = terms(judges.today, lists)
    tags = tags_of(batch.header.prefix + parsed.data, batch.header.encoding)
    yield from parsed.findings
    for part in parsed.parts:
        begins = batch.number == 0 and part.first == 1
        yield from schema_findings(part, batch.header, begins=begins)
        yield from version_findings(part, batch.header, begins=begins, tags=tags)
        yield from code_findings(part, batch.header, mapped, lists, begins=begins, tags=tags)
        yield from rule_findings(part, batch.header, cases, known, tags=tags)


@cache
def _knowledge(folder: Path | None) -> tuple[Mapping[str, CodeList], tuple[Mapped, ...], tuple[Case, ...]]:
    return lists_in(folder), mapping(folder), standard(folder)
