"""A CSV file of institutions goes in as a whole, exactly as its dry run showed it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ayni.common.errors import Conflict, Refused
from ayni.common.i18n import LANGUAGES
from ayni.common.permissions import EDIT_DIRECTORY, require
from ayni.common.sheets.rules import codes_in
from ayni.directory.actions.editing import (
    InstitutionFacts,
    NameFacts,
    add_affiliation,
    add_institution,
    add_name,
    edit_institution,
    edit_name,
    remove_affiliation,
)
from ayni.directory.models import Affiliation, Concept, Country, Institution
from ayni.directory.queries.institution_file import VOCABULARIES, LoadPlan, PlannedChange, directory, plan_load
from ayni.directory.queries.institution_rows import NAMES, Cells

FACTS = ("country", "parent", "type", "role", "website", "source")


@transaction.atomic
def load_institution_file(*, by: Any, data: bytes, seen: str) -> int:
    """Add and correct the institutions of a file; those it does not name stay. Returns how many were added or changed.

    `seen` is the digest of the dry run that the person saw. Raises Conflict when the same file would now change something
    else, Refused when a row is wrong or nothing changes. Nothing is half written.
    """
    if by is not None:
        require(by, EDIT_DIRECTORY)
    list(Institution.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    plan = plan_load(data)
    _check(plan, seen)
    loading = _Loading(by)
    for change in plan.changes:
        loading.facts(change)
    # A body may stand in a later row than its members.
    for change in plan.changes:
        loading.memberships(change)
    return len(plan.changes)


def _check(plan: LoadPlan, seen: str) -> None:
    if plan.refused:
        line = plan.refused[0]
        raise Refused(_("Row %(row)d: %(reason)s") % {"row": line.number, "reason": line.reason})
    if plan.digest != seen:
        raise Conflict(
            _("The directory has changed since you looked at the file. Look at it again; nothing was written.")
        )
    if not plan.changes:
        raise Refused(_("The file changes nothing."))


class _Loading:
    """The institutions, countries and terms that the rows of a file name."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.institutions = directory()
        self.countries = {country.pk: country for country in Country.objects.all()}
        self.terms = {
            column: {term.code: term for term in Concept.objects.current(scheme)}
            for column, scheme in VOCABULARIES.items()
        }

    def facts(self, change: PlannedChange) -> None:
        """What the institution is and what it is called."""
        one = self.institutions.get(change.code)
        facts = self._facts(change.after, one)
        name = _name(change.after, one)
        if one is None or change.before is None:
            self.institutions[change.code] = add_institution(by=self.by, code=change.code, facts=facts, name=name)
            return
        if _differ(change.before, change.after, FACTS):
            edit_institution(by=self.by, institution=one, facts=facts)
        if not _differ(change.before, change.after, ("acronym", *NAMES)):
            return
        if one.latest_name is None:
            add_name(by=self.by, institution=one, name=name)
        else:
            edit_name(by=self.by, name=one.latest_name, facts=name)

    def memberships(self, change: PlannedChange) -> None:
        """The networks and bodies of which the institution is a member."""
        one = self.institutions[change.code]
        before = set(codes_in(change.before["memberships"] if change.before else ""))
        after = set(codes_in(change.after["memberships"]))
        for affiliation in (
            Affiliation.objects.filter(member=one, body__code__in=before - after) if before - after else ()
        ):
            remove_affiliation(by=self.by, affiliation=affiliation)
        for code in sorted(after - before):
            body = self.institutions[code]
            add_affiliation(by=self.by, institution=one, body=body, source=change.after["source"])

    def _facts(self, cells: Cells, one: Institution | None) -> InstitutionFacts:
        return InstitutionFacts(
            country=self.countries.get(cells["country"]),
            parent=self.institutions.get(cells["parent"]),
            kind=self._term("type", cells["type"], one.kind if one else None),
            role=self._term("role", cells["role"], one.role if one else None),
            website=cells["website"],
            source=cells["source"],
        )

    def _term(self, column: str, code: str, stands: Concept | None) -> Concept | None:
        return stands if stands and stands.code == code else self.terms[column].get(code)


def _name(cells: Cells, one: Institution | None) -> NameFacts:
    """The name in use, corrected; a new one is the institution's first."""
    stands = one.latest_name if one else None
    return NameFacts(
        name={code: text for code in LANGUAGES if (text := cells[f"name_{code}"])},
        acronym=cells["acronym"],
        valid_from=stands.valid_from if stands else "",
        valid_to=stands.valid_to if stands else "",
        source=stands.source if stands else cells["source"],
    )


def _differ(before: Cells, after: Cells, columns: tuple[str, ...]) -> bool:
    return any(before[column] != after[column] for column in columns)
