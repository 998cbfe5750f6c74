"""A file of programmes goes in as a whole, exactly as its dry run showed it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Conflict, Refused
from ayni.common.reference import texts
from ayni.directory.actions.components import ComponentFacts, add_component, edit_component, set_all_needs
from ayni.directory.actions.programmes import (
    DocumentFacts,
    ProgrammeFacts,
    Terms,
    add_document,
    add_programme,
    add_version,
    edit_document,
    edit_programme,
    edit_version,
)
from ayni.directory.models import (
    Component,
    Concept,
    Country,
    Institution,
    Programme,
    ProgrammeDocument,
    ProgrammeVersion,
)
from ayni.directory.queries.programmes.columns import TABLES, VOCABULARIES, Cells
from ayni.directory.queries.programmes.plan import LoadPlan, PlannedChange, plan_load


@transaction.atomic
def load_programmes(*, by: Any, data: bytes, name: str = "", seen: str) -> LoadPlan:
    """Add and correct the programmes of a file; those it does not name stay. Returns what was done.

    `seen` is the digest of the dry run that the person saw. Raises Conflict when the same file would now change something
    else, Refused when a row is wrong or nothing changes. Nothing is half written.
    """
    # Two loads at once go in one after the other.
    list(Programme.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    plan = plan_load(data, by=by, name=name)
    _check(plan, seen)
    loading = _Loading(by)
    for change in plan.changes:
        loading.take(change)
    # A component may need one of a later row.
    loading.needs([change.after for change in plan.changes if change.table.name == "components"])
    return plan


@transaction.atomic
def enter_programmes(*, by: Any, rows: Mapping[str, Sequence[Cells]]) -> int:
    """Add the programmes of `rows` (sheet by sheet) that are not there yet; what stands stays. Returns how many were added."""
    loading = _Loading(by)
    missing = {cells["code"] for cells in rows["programmes"]} - set(loading.programmes)
    for name, table in TABLES.items():
        for number, cells in enumerate(rows[name], 1):
            if cells[table.key[0]] in missing:
                loading.take(PlannedChange(table, number, None, {**dict.fromkeys(table.names, ""), **cells}))
    loading.needs([{"needs": "", **cells} for cells in rows["components"] if cells["programme"] in missing])
    return len(missing)


def _check(plan: LoadPlan, seen: str) -> None:
    if plan.refused:
        sheet, line = plan.refused[0]
        message = _("Sheet “%(sheet)s”, row %(row)s: %(reason)s")
        raise Refused(message % {"sheet": sheet, "row": line.number, "reason": line.reason})
    if plan.digest != seen:
        raise Conflict(
            _("The programmes have changed since you looked at the file. Look at it again; nothing was written.")
        )
    if not plan.changes:
        raise Refused(_("The file changes nothing."))


class _Loading:
    """The rows of a file become programmes, versions, components and documents."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.countries = {country.pk: country for country in Country.objects.all()}
        self.institutions = {one.code: one for one in Institution.objects.all()}
        self.programmes = {one.code: one for one in Programme.objects.all()}
        self.components = {(one.programme.code, one.code): one for one in Component.objects.select_related("programme")}
        self.terms = {column: _terms(scheme) for column, scheme in VOCABULARIES.items()}
        self.makers: Mapping[str, Callable[[PlannedChange], None]] = {
            "programmes": self._programme,
            "versions": self._version,
            "components": self._component,
            "documents": self._document,
        }

    def take(self, change: PlannedChange) -> None:
        """What a row says, beside what the component needs."""
        self.makers[change.table.name](change)

    def needs(self, rows: Sequence[Cells]) -> None:
        """The components that each component needs."""
        needs: dict[Component, list[Component]] = {}
        for cells in rows:
            own = cells["programme"]
            needed = [need.split("/") if "/" in need else [own, need] for need in cells["needs"].split()]
            needs[self.components[own, cells["code"]]] = [self.components[at, code] for at, code in needed]
        set_all_needs(by=self.by, needs=needs)

    def _programme(self, change: PlannedChange) -> None:
        cells = change.after
        facts = ProgrammeFacts(
            country=self.countries[cells["country"]],
            institution=self.institutions.get(cells["institution"]),
            name=texts(cells, "name"),
            summary=texts(cells, "summary"),
            evidence=_number(cells["evidence"]),
            fictional=bool(cells["fictional"]),
            terms=self._terms(cells),
            **{name: cells[name] for name in PLAIN},
        )
        code = cells["code"]
        if change.before is None:
            self.programmes[code] = add_programme(by=self.by, code=code, facts=facts)
        else:
            self.programmes[code] = edit_programme(by=self.by, programme=self.programmes[code], facts=facts)

    def _version(self, change: PlannedChange) -> None:
        cells = change.after
        programme, number = self.programmes[cells["programme"]], int(cells["number"])
        given: dict[str, Any] = {"since": cells["since"], "changes": texts(cells, "changes"), "source": cells["source"]}
        if change.before is None:
            add_version(by=self.by, programme=programme, number=number, **given)
        else:
            version = ProgrammeVersion.objects.select_related("programme").get(programme=programme, number=number)
            edit_version(by=self.by, version=version, **given)

    def _component(self, change: PlannedChange) -> None:
        cells = change.after
        facts = ComponentFacts(
            position=int(cells["position"]),
            version=int(cells["version"]),
            evidence=_number(cells["evidence"]),
            languages=cells["languages"],
            retired=bool(cells["retired"]),
            terms=self._terms(cells),
            **{stem: texts(cells, stem) for stem in TEXTS},
        )
        key = (cells["programme"], cells["code"])
        if change.before is None:
            programme = self.programmes[cells["programme"]]
            self.components[key] = add_component(by=self.by, programme=programme, code=cells["code"], facts=facts)
        else:
            edit_component(by=self.by, component=self.components[key], facts=facts)

    def _document(self, change: PlannedChange) -> None:
        cells = change.after
        programme = self.programmes[cells["programme"]]
        facts = DocumentFacts(
            title=texts(cells, "title"),
            url=cells["url"],
            component=self.components.get((cells["programme"], cells["component"])),
            language=cells["language"],
            year=_number(cells["year"]),
        )
        if change.before is None:
            add_document(by=self.by, programme=programme, facts=facts)
        else:
            document = ProgrammeDocument.objects.select_related("programme").get(programme=programme, url=cells["url"])
            edit_document(by=self.by, document=document, facts=facts)

    def _terms(self, cells: Cells) -> Terms:
        return Terms(
            **{column: tuple(known[code] for code in cells[column].split()) for column, known in self.terms.items()}
        )


PLAIN = ("acronym", "began", "ended", "languages", "website", "contact", "contact_email", "source")
TEXTS = (
    "name",
    "description",
    "prerequisites",
    "evidence_note",
    "materials",
    "legal_base",
    "cost_drivers",
)


def _terms(scheme: str) -> dict[str, Concept]:
    """Every term that was ever in the vocabulary; of two of the same code the one in force."""
    ever = {term.code: term for term in Concept.objects.filter(scheme__code=scheme).order_by("scheme__version")}
    return ever | {term.code: term for term in Concept.objects.current(scheme)}


def _number(text: str) -> int | None:
    return int(text) if text else None
