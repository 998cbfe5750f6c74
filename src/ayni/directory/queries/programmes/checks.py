"""What is wrong with a row beside what stands, beside the other rows, and for the person who loads it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from ayni.common.permissions import EDIT_PROGRAMMES, Scope, may
from ayni.common.sheets.rules import did_you_mean, in_column
from ayni.directory.models import Concept, Institution
from ayni.directory.queries.programmes.columns import VOCABULARIES, Cells, in_languages
from ayni.directory.queries.programmes.rings import ring_sentence, rings
from ayni.directory.queries.programmes.rows import FileRow
from ayni.directory.queries.programmes.standing import Standing


class _Belonging:
    """Whose a programme would be; what a permission is asked for."""

    def __init__(self, institution: int | None, country: str) -> None:
        self.permission_scope = Scope(frozenset({institution} if institution else ()), frozenset({country}))


class Checks:
    """`stands` before the file, `after` with it. Four queries."""

    def __init__(self, by: Any, stands: Standing, after: Mapping[str, Mapping[tuple[str, ...], Cells]]) -> None:
        self.by = by
        self.stands = stands
        self.after = after
        self.institutions = {
            code: (pk, country) for code, pk, country in Institution.objects.values_list("code", "pk", "country")
        }
        self.terms = {
            column: list(Concept.objects.current(scheme).values_list("code", flat=True))
            for column, scheme in VOCABULARIES.items()
        }
        self.needs = {
            f"{programme}/{code}": [need if "/" in need else f"{programme}/{need}" for need in cells["needs"].split()]
            for (programme, code), cells in after["components"].items()
        }
        self.in_rings = rings(self.needs)

    def reasons(self, row: FileRow, before: Cells | None, cells: Cells) -> Iterator[str]:
        """Every fault, each with its column."""
        yield from self._lacking(row, cells)
        if row.table.name == "programmes":
            yield from self._programme(cells)
        else:
            yield from self._part_of(cells)
        if "topics" in cells:
            yield from self._unknown_terms(cells, before or {})
        if row.table.name == "components":
            yield from self._needs(cells)
        if row.table.name == "documents":
            yield from self._document(cells)

    def _lacking(self, row: FileRow, cells: Cells) -> Iterator[str]:
        for stem in row.table.needed:
            names = in_languages(stem)
            if not any(cells[name] for name in names):
                yield in_column(names[0], _("Give the text in at least one language."))
        if row.table.name == "programmes" and not cells["country"] and "country" not in row.cells:
            yield in_column("country", _("Write the country's three letters, such as PER."))

    def _programme(self, cells: Cells) -> Iterator[str]:
        if cells["began"] and cells["ended"] and cells["began"] > cells["ended"]:
            yield in_column("ended", _("The programme ends before it begins: correct its dates."))
        code = cells["institution"]
        if code and code not in self.institutions:
            message = _("There is no institution “%(code)s” in the directory.") % {"code": code[:40]}
            yield in_column("institution", f"{message} {did_you_mean(code, self.institutions)}".strip())
            return
        country = self.institutions[code][1] if code else None
        if country and country != cells["country"]:
            told = _("The institution belongs to another country than the programme: correct one of the two.")
            yield in_column("institution", told)
        if not self._may(cells) or not self._may(self.stands["programmes"].get((cells["code"],))):
            yield in_column("institution", _not_yours())

    def _part_of(self, cells: Cells) -> Iterator[str]:
        code = cells["programme"]
        programme = self.after["programmes"].get((code,))
        if programme is None:
            message = _("There is no programme “%(code)s”, here or in the file.") % {"code": code[:60]}
            near = did_you_mean(code, [key[0] for key in self.after["programmes"]])
            yield in_column("programme", f"{message} {near}".strip())
        elif not self._may(programme) or not self._may(self.stands["programmes"].get((code,))):
            yield in_column("programme", _not_yours())

    def _unknown_terms(self, cells: Cells, before: Cells) -> Iterator[str]:
        for column, known in self.terms.items():
            # What stands may come from an earlier version of the vocabulary.
            stood = before.get(column, "").split()
            for code in cells[column].split():
                if code not in known and code not in stood:
                    message = _("“%(text)s” is not in the vocabulary. Write one of %(known)s.")
                    told = message % {"text": code[:40], "known": ", ".join(known)}
                    yield in_column(column, f"{told} {did_you_mean(code, known)}".strip())

    def _needs(self, cells: Cells) -> Iterator[str]:
        own = f"{cells['programme']}/{cells['code']}"
        unknown = [need for need in self.needs.get(own, []) if need not in self.needs]
        for need in unknown:
            message = _("There is no component “%(code)s”, here or in the file.") % {"code": need[:120]}
            yield in_column("needs", f"{message} {did_you_mean(need, self.needs)}".strip())
        if own in self.in_rings:
            yield in_column("needs", ring_sentence([code.partition("/")[2] for code in self.in_rings[own]]))

    def _document(self, cells: Cells) -> Iterator[str]:
        code, programme = cells["component"], cells["programme"]
        if code and (programme, code) not in self.after["components"]:
            known = [key[1] for key in self.after["components"] if key[0] == programme]
            message = _("There is no component “%(code)s”, here or in the file.") % {"code": code[:60]}
            yield in_column("component", f"{message} {did_you_mean(code, known)}".strip())

    def _may(self, cells: Cells | None) -> bool:
        """Whether the person may edit a programme of that institution and country."""
        if self.by is None or cells is None:
            return True
        pk, _country = self.institutions.get(cells["institution"], (None, None))
        return may(self.by, EDIT_PROGRAMMES, _Belonging(pk, cells["country"]))


def _not_yours() -> str:
    return _("This programme belongs to another institution or country: you can load those of your own only.")
