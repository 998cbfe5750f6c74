"""The codes of a field that a crosswalk maps or could map: those mapped, those that records bear, those of the example."""

from collections.abc import Iterator
from dataclasses import dataclass

from ayni.interop.formats.national.profile import key_of
from ayni.interop.models import RecordProfile
from ayni.interop.queries.national.page import sample_codes, uses_of


@dataclass(frozen=True, slots=True)
class CodeToMap:
    """A code with one of its relations ("" none yet), and how many records bear it. `again` when it stands in the line above."""

    label: str
    uses: int
    relation: str = ""
    concept: int | None = None
    again: bool = False


def codes_to_map(profile: RecordProfile, field: str) -> list[CodeToMap]:
    """In alphabetical order, those without a relation first. Two queries."""
    uses = {key: found for (of, key), found in uses_of(profile).items() if of == field}
    mapped: dict[str, list[CodeToMap]] = {}
    for row in profile.mappings.filter(field=field):
        of_code = mapped.setdefault(row.key, [])
        number = uses.get(row.key, ("", 0))[1]
        of_code.append(CodeToMap(row.label, number, row.relation, row.concept_id, bool(of_code)))
    labels = {key_of(label): label for of, label in sample_codes(profile) if of == field}
    labels |= {key: label for key, (label, _number) in uses.items()}
    missing = {key: CodeToMap(label, uses.get(key, ("", 0))[1]) for key, label in labels.items() if key not in mapped}
    return [*(missing[key] for key in sorted(missing)), *_in_order(mapped)]


def _in_order(mapped: dict[str, list[CodeToMap]]) -> Iterator[CodeToMap]:
    for key in sorted(mapped):
        yield from mapped[key]
