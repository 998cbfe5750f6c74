"""What can be asked of a basis: the choices of the form, each with something behind it."""

from collections.abc import Iterable

from ayni.atlas.queries.flows import labels
from ayni.atlas.queries.flows.asked import COUNT, Answer, unit_of, whole
from ayni.atlas.queries.flows.held import Held

Choices = list[tuple[str, str]]
_kept: dict[tuple[str, object, str], dict[str, Choices]] = {}
KEEP = 64


def choices(answer: Answer, lang: str) -> dict[str, Choices]:
    """{field: choices} for the basis of an answer, in the language; made once for a snapshot."""
    key = (answer.held.manifest.checksum, answer.basis, lang)
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= KEEP:
            _kept.clear()
        found = _kept[key] = {**_of_bases(answer.held), **_of_rows(answer)}
    return found


def _of_bases(held: Held) -> dict[str, Choices]:
    return {
        "source": _named((basis.source for basis in held.bases), labels.source),
        "status": _named((basis.status for basis in held.bases), labels.status),
        "unit": list({unit_of(basis): labels.money(basis) for basis in held.bases if basis.currency}.items()),
    }


def _of_rows(answer: Answer) -> dict[str, Choices]:
    if answer.basis is None:
        return {}
    everything = whole(answer.held, answer.basis)
    there = {
        way: list(everything.by(way, COUNT))
        for way in ("provider", "recipient", "region", "sector_group", "topic", "modality")
    }

    regions = dict.fromkeys(one for code in there["region"] for one in labels.above(code))
    return {
        "provider": labels.sorted_by_name(there["provider"], answer.party),
        "recipient": labels.sorted_by_name(there["recipient"], answer.party),
        "region": labels.sorted_by_name(list(regions), labels.region),
        "sector": labels.sorted_by_name([code for code in there["sector_group"] if code], labels.sector),
        "topic": labels.sorted_by_name([code for code in there["topic"] if code], labels.topic),
        "modality": labels.sorted_by_name([code for code in there["modality"] if code], labels.modality),
        "year": [(str(year), str(year)) for year in everything.years],
    }


def _named(codes: Iterable[str], name: object) -> Choices:
    assert callable(name)
    return [(code, name(code)) for code in dict.fromkeys(codes)]
