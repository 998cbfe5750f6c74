"""Versions of the cooperation matrix: what is in force never changes; changes are made in a draft, which then takes its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record
from ayni.common.errors import Refused
from ayni.common.permissions import EDIT_MATRIX, require
from ayni.common.reference import document
from ayni.directory.models import Concept
from ayni.exchange.models import MatrixQuadrant, MatrixScheme, VersionStatus

Texts = Mapping[str, str]
SCHEME_TEXTS = ("title", "note", "columns_axis", "rows_axis")
QUADRANT_TEXTS = ("name", "column", "row", "experts", "agreements", "monitoring")
# Without these a quadrant says nothing.
NEEDED = ("name", "experts", "agreements", "monitoring")


@dataclass(frozen=True, slots=True)
class QuadrantFacts:
    """What a quadrant says and asks for. `column` and `row` are empty for what lies over the others."""

    name: Texts
    column: Texts
    row: Texts
    experts: Texts
    agreements: Texts
    monitoring: Texts
    mechanisms: tuple[Concept, ...] = ()
    agreement_forms: tuple[Concept, ...] = ()


@transaction.atomic
def load_matrix(*, by: Any) -> MatrixScheme | None:
    """The first version, from the vocabulary of quadrants: a reconstruction. None where there is a version already."""
    if MatrixScheme.objects.exists():
        return None
    given = document("exchange/matrix.json")
    scheme = MatrixScheme.objects.create(
        version=1,
        status=VersionStatus.CURRENT,
        in_force_at=timezone.now(),
        in_force_by=by,
        **{name: given[name] for name in SCHEME_TEXTS},
    )
    modalities = list(Concept.objects.current("modalities"))
    forms = list(Concept.objects.current("agreement-forms"))
    for position, concept in enumerate(Concept.objects.current("quadrants")):
        _write(scheme, position, concept, _reconstructed(concept, given, modalities, forms))
    after = {"version": 1, "quadrants": [row.quadrant.code for row in _quadrants(scheme)]}
    record(by=by, verb="matrix loaded", on=scheme, after=after)
    return scheme


@transaction.atomic
def draft_matrix(*, by: Any) -> MatrixScheme:
    """A draft that begins as a copy of the latest version, for the quadrants that the vocabulary has now.

    Raises Refused when there is a draft already, or nothing to copy.
    """
    require(by, EDIT_MATRIX)
    # Held first, then read: whoever waited here sees the draft that another has begun meanwhile.
    list(MatrixScheme.objects.select_for_update().order_by("pk").values_list("pk"))
    latest = MatrixScheme.objects.order_by("-version").first()
    if latest is None:
        raise Refused(_("There is no matrix yet. Run “./ayni prepare” to load the first version."))
    if latest.status == VersionStatus.DRAFT:
        raise Refused(_("Version %(number)d is a draft already: change that one.") % {"number": latest.version})
    draft = MatrixScheme.objects.create(
        version=latest.version + 1, **{name: getattr(latest, name) for name in SCHEME_TEXTS}
    )
    standing = {row.quadrant.code: row for row in _quadrants(latest)}
    for position, concept in enumerate(Concept.objects.current("quadrants")):
        row = standing.get(concept.code)
        _write(draft, position, concept, _facts(row) if row else _empty(concept))
    record(by=by, verb="matrix version drafted", on=draft, after={"version": draft.version}, public=False)
    return draft


@transaction.atomic
def describe_matrix(
    *, by: Any, scheme: MatrixScheme, title: Texts, note: Texts, columns_axis: Texts, rows_axis: Texts
) -> MatrixScheme:
    """Change a draft's title, note and the names of its axes."""
    scheme = _locked_draft(by, scheme)
    before = {name: getattr(scheme, name) for name in SCHEME_TEXTS}
    after = {"title": title, "note": note, "columns_axis": columns_axis, "rows_axis": rows_axis}
    for name, text in after.items():
        setattr(scheme, name, dict(text))
    scheme.save(update_fields=SCHEME_TEXTS)
    record(by=by, verb="matrix described", on=scheme, before=before, after=after, public=False)
    return scheme


@transaction.atomic
def change_quadrant(*, by: Any, quadrant: MatrixQuadrant, facts: QuadrantFacts) -> MatrixQuadrant:
    """Change what a quadrant of a draft says and asks for."""
    _locked_draft(by, quadrant.scheme)
    row = MatrixQuadrant.objects.select_related("quadrant").get(pk=quadrant.pk)
    before = _told(_facts(row))
    for name in QUADRANT_TEXTS:
        setattr(row, name, dict(getattr(facts, name)))
    row.save(update_fields=QUADRANT_TEXTS)
    row.mechanisms.set(facts.mechanisms)
    row.agreement_forms.set(facts.agreement_forms)
    record(by=by, verb="quadrant of the matrix changed", on=row, before=before, after=_told(facts), public=False)
    return row


@transaction.atomic
def put_matrix_in_force(*, by: Any, scheme: MatrixScheme) -> MatrixScheme:
    """The draft takes the place of the version in force, which stays to be read.

    Raises Refused while an axis or a quadrant lacks its text in Spanish.
    """
    scheme = _locked_draft(by, scheme)
    lacking = _lacking(scheme)
    if lacking:
        message = _("These still lack a text in Spanish: %(names)s. Write it before putting the draft in force.")
        raise Refused(message % {"names": ", ".join(lacking)})
    MatrixScheme.objects.filter(status=VersionStatus.CURRENT).update(status=VersionStatus.SUPERSEDED)
    scheme.status, scheme.in_force_at, scheme.in_force_by = VersionStatus.CURRENT, timezone.now(), by
    scheme.save(update_fields=["status", "in_force_at", "in_force_by"])
    record(by=by, verb="matrix put in force", on=scheme, after={"version": scheme.version})
    return scheme


@transaction.atomic
def delete_matrix_draft(*, by: Any, scheme: MatrixScheme) -> None:
    """Throw a draft away. Raises Refused for a version that is or was in force."""
    scheme = _locked_draft(by, scheme)
    record(by=by, verb="matrix draft deleted", on=scheme, before={"version": scheme.version}, public=False)
    scheme.delete()


def _locked_draft(by: Any, scheme: MatrixScheme) -> MatrixScheme:
    require(by, EDIT_MATRIX)
    scheme = MatrixScheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.status != VersionStatus.DRAFT:
        raise Refused(_("This version is not a draft and no longer changes. Make a new version and change that."))
    return scheme


def _write(scheme: MatrixScheme, position: int, concept: Concept, facts: QuadrantFacts) -> None:
    texts = {name: dict(getattr(facts, name)) for name in QUADRANT_TEXTS}
    row = MatrixQuadrant.objects.create(scheme=scheme, quadrant=concept, position=position, **texts)
    row.mechanisms.set(facts.mechanisms)
    row.agreement_forms.set(facts.agreement_forms)


def _quadrants(scheme: MatrixScheme) -> Iterable[MatrixQuadrant]:
    return scheme.quadrants.select_related("quadrant").prefetch_related("mechanisms", "agreement_forms")


def _facts(row: MatrixQuadrant) -> QuadrantFacts:
    texts = {name: getattr(row, name) for name in QUADRANT_TEXTS}
    return QuadrantFacts(
        **texts, mechanisms=tuple(row.mechanisms.all()), agreement_forms=tuple(row.agreement_forms.all())
    )


def _empty(concept: Concept) -> QuadrantFacts:
    return QuadrantFacts(concept.label, {}, {}, {}, {}, {})


def _reconstructed(
    concept: Concept, given: Mapping[str, Any], modalities: list[Concept], forms: list[Concept]
) -> QuadrantFacts:
    """The quadrant as the vocabulary tells it: its mechanisms by the numbers of the document."""
    extra = concept.extra
    numbers, codes = extra.get("mechanisms", ()), given["agreement_forms"].get(concept.code, ())
    return QuadrantFacts(
        name=concept.label,
        column=given["columns"].get(extra.get("function"), {}),
        row=given["rows"].get(extra.get("object"), {}),
        experts=extra.get("experts", {}),
        agreements=extra.get("agreements", {}),
        monitoring=extra.get("me", {}),
        mechanisms=tuple(one for one in modalities if one.extra.get("number") in numbers),
        agreement_forms=tuple(one for one in forms if one.code in codes),
    )


def _told(facts: QuadrantFacts) -> dict[str, Any]:
    """The facts as the record keeps them."""
    return {name: dict(getattr(facts, name)) for name in QUADRANT_TEXTS} | {
        "mechanisms": [one.code for one in facts.mechanisms],
        "agreement_forms": [one.code for one in facts.agreement_forms],
    }


def _lacking(scheme: MatrixScheme) -> list[str]:
    lacking = (
        []
        if all(getattr(scheme, name).get("es") for name in ("title", "columns_axis", "rows_axis"))
        else [str(_("the axes"))]
    )
    rows = scheme.quadrants.select_related("quadrant")
    return lacking + [row.quadrant.code for row in rows if not all(getattr(row, name).get("es") for name in NEEDED)]
