"""What a CSV file of institutions would make of the directory, and the directory as such a file."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from ayni.common.i18n import LANGUAGES
from ayni.common.sheets.lines import FieldChange, FileLine, RowProblem
from ayni.common.sheets.rules import codes_in, in_column
from ayni.directory.models import Affiliation, Concept, Institution
from ayni.directory.queries.institution_rows import COLUMNS, INTERNATIONAL, NAMES, Cells, institutions_from_csv

VOCABULARIES = {"type": "institution-types", "role": "social-protection-roles"}
EMPTY = dict.fromkeys(COLUMNS, "")


@dataclass(frozen=True)
class PlannedChange:
    """An institution before (None: it is new) and after."""

    number: int
    before: Cells | None
    after: Cells

    @property
    def code(self) -> str:
        return self.after["code"]


@dataclass(frozen=True)
class LoadPlan:
    """What a file would change: `lines` for readers, `changes` with parents before what stands below them."""

    lines: tuple[FileLine, ...]
    changes: tuple[PlannedChange, ...]

    @property
    def refused(self) -> list[FileLine]:
        return [line for line in self.lines if line.state == "refused"]

    @cached_property
    def digest(self) -> str:
        """Names what would change: two plans that differ have different ones."""
        return hashlib.sha256(json.dumps([asdict(change) for change in self.changes]).encode()).hexdigest()


def directory() -> dict[str, Institution]:
    """Every institution by code, with its names, type, role, parent and memberships. Three queries."""
    found = Institution.objects.select_related("kind", "role").prefetch_related("names").order_by("code")
    by_pk = {one.pk: one for one in found}
    for one in by_pk.values():
        # The very objects, so that whoever climbs from one to its parents asks nothing more.
        one.parent = by_pk.get(one.parent_id or 0)
    return {one.code: one for one in by_pk.values()}


def as_cells(institutions: Mapping[str, Institution]) -> dict[str, Cells]:
    """Each institution as a row of the file, under the name in use. One query."""
    bodies: dict[int, list[str]] = {}
    for member, body in Affiliation.objects.values_list("member", "body__code").order_by("body__code"):
        bodies.setdefault(member, []).append(body)
    return {code: _cells(one, bodies.get(one.pk, [])) for code, one in institutions.items()}


def plan_load(data: bytes) -> LoadPlan:
    """What the file would change. Raises Refused when it cannot be read. Six queries."""
    read = institutions_from_csv(data)
    standing = as_cells(directory())
    after = {cells["code"]: {**EMPTY, **standing.get(cells["code"], {}), **cells} for _number, cells in read.rows}
    problems = [*read.problems, *_against_the_directory(read.rows, standing, after)]
    refused = {problem.number for problem in problems}
    lines = [FileLine(problem.number, "refused", problem.code or "?", (), problem.reason) for problem in problems]
    changes = []
    for number, cells in read.rows:
        if number not in refused:
            change = PlannedChange(number, standing.get(cells["code"]), after[cells["code"]])
            line = _line(change)
            lines.append(line)
            changes += [change] if line.state != "unchanged" else []
    lines.sort(key=lambda line: int(line.number))
    changes.sort(key=lambda change: len(_above(change.code, _parents(standing, after))))
    return LoadPlan(tuple(lines), tuple(changes))


def _cells(one: Institution, bodies: Iterable[str]) -> Cells:
    name = one.latest_name
    return {
        "code": one.code,
        "country": one.country_id or INTERNATIONAL,
        "parent": one.parent.code if one.parent else "",
        "type": one.kind.code if one.kind else "",
        "role": one.role.code if one.role else "",
        "website": one.website,
        "source": one.source,
        "acronym": name.acronym if name else "",
        **{f"name_{code}": name.name.get(code, "") if name else "" for code in LANGUAGES},
        "memberships": " ".join(bodies),
    }


def _line(change: PlannedChange) -> FileLine:
    before = change.before or EMPTY
    name = next((change.after[column] for column in NAMES if change.after[column]), "")
    what = _("%(label)s (%(code)s)") % {"label": name, "code": change.code}
    changes = tuple(
        FieldChange(column, before[column], change.after[column])
        for column in COLUMNS
        if before[column] != change.after[column] and column != "code"
    )
    state = ("changed" if changes else "unchanged") if change.before else "new"
    return FileLine(change.number, state, what, changes)


def _against_the_directory(
    rows: Iterable[tuple[int, Cells]], standing: Mapping[str, Cells], after: Mapping[str, Cells]
) -> Iterator[RowProblem]:
    """What is wrong with a row beside what stands, and beside the other rows."""
    terms = {column: _terms(scheme) for column, scheme in VOCABULARIES.items()}
    parents = _parents(standing, after)
    for number, cells in rows:
        code = cells["code"]
        whole, before = after[code], standing.get(code, EMPTY)
        reasons = [*_lacking(whole, cells), *_unknown_terms(whole, before, terms), *_unknown_bodies(whole, parents)]
        if code in _above(code, parents):
            reasons.append(in_column("parent", _("The institution would stand below itself: choose another parent.")))
        yield from (RowProblem(number, code, reason) for reason in reasons)


def _terms(scheme: str) -> list[str]:
    return list(Concept.objects.current(scheme).values_list("code", flat=True))


def _lacking(whole: Cells, cells: Cells) -> Iterator[str]:
    if not whole["country"] and "country" not in cells:
        yield in_column("country", _("Write the country's three letters, such as PER, or “international”."))
    if not any(whole[column] for column in NAMES):
        yield in_column("name_es", _("Give the name in at least one language."))


def _unknown_terms(whole: Cells, before: Cells, terms: Mapping[str, list[str]]) -> Iterator[str]:
    for column, known in terms.items():
        # What stands may come from an earlier version of the vocabulary.
        if whole[column] not in {"", before[column], *known}:
            message = _("“%(text)s” is not in the vocabulary. Write one of %(known)s.")
            yield in_column(column, message % {"text": whole[column][:40], "known": ", ".join(known)})


def _unknown_bodies(whole: Cells, known: Mapping[str, str]) -> Iterator[str]:
    named = [("parent", code) for code in [whole["parent"]] if code]
    named += [("memberships", code) for code in codes_in(whole["memberships"])]
    for column, code in named:
        if code not in known:
            message = _(
                "There is no institution “%(code)s”, here or in the file. Add a row for it or correct the code."
            )
            yield in_column(column, message % {"code": code[:40]})
    if whole["code"] in codes_in(whole["memberships"]):
        yield in_column("memberships", _("An institution is no member of itself: choose another."))


def _parents(standing: Mapping[str, Cells], after: Mapping[str, Cells]) -> dict[str, str]:
    """{institution: the code above it, or nothing} once the file is in."""
    return {code: cells["parent"] for code, cells in {**standing, **after}.items()}


def _above(code: str, parents: Mapping[str, str]) -> list[str]:
    """The codes above, from near to far; a circle ends where it closes."""
    found: list[str] = []
    above = parents.get(code, "")
    while above and above not in found:
        found.append(above)
        above = parents.get(above, "")
    return found
