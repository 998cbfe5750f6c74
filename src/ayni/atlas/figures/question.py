"""What a reader asks of a picture: which part of the edition, and which view of the map."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Self

from django.utils.translation import gettext as _

from ayni.atlas.figures.geometry import VIEWS
from ayni.atlas.queries.facts import Atlas, Mark
from ayni.common.errors import Refused


@dataclass(frozen=True, slots=True)
class Question:
    """Each part is "" where the reader leaves it open.

    `institution` and `reporter` choose whose marks count; `country` keeps the marks that start or end there; `region`
    is a region of the print (its code) or of M49 (three digits); `period` is "2005-2010", an institution's own;
    `topic` a concept of the topics; `view` one of VIEWS; `scheme` "m49" sorts by M49 instead of the print's regions.
    """

    institution: str = ""
    reporter: str = ""
    country: str = ""
    region: str = ""
    period: str = ""
    topic: str = ""
    view: str = ""
    scheme: str = ""

    @classmethod
    def read(cls, values: Mapping[str, str]) -> Self:
        """The parts of `values` that a picture knows; the rest is left aside."""
        return cls(**{field.name: str(values.get(field.name) or "") for field in fields(cls)})

    def asked(self) -> dict[str, str]:
        """The parts that are not open."""
        return {name: value for name, value in asdict(self).items() if value}

    def narrows(self) -> bool:
        return any(name not in ("view", "scheme") for name in self.asked())


PARTS = tuple(field.name for field in fields(Question))


def check(atlas: Atlas, question: Question) -> None:
    """Raises Refused where `question` names what the edition does not hold."""
    known: dict[str, Iterable[str]] = {
        "institution": atlas.institutions,
        "reporter": atlas.reporters,
        "country": atlas.countries,
        "region": [*atlas.regions, *atlas.m49],
        "period": periods(atlas),
        "topic": atlas.content["concepts"].get("topics", {}),
        "view": VIEWS,
        "scheme": ["print", "m49"],
    }
    for name, value in question.asked().items():
        if value not in known[name]:
            raise Refused(
                _("This edition knows no %(part)s “%(value)s”. Choose one from the page.")
                % {"part": name, "value": value[:80]}
            )


def periods(atlas: Atlas) -> list[str]:
    """The periods that the institutions' answers cover, the shortest first."""
    found = {mark.period for mark in atlas.marks if mark.period}
    return [_years(period) for period in sorted(found, key=lambda period: (-period[0], period[1] or 9999))]


def select(atlas: Atlas, question: Question) -> list[Mark]:
    """The marks that the question keeps, in the atlas's order."""
    return [mark for mark in atlas.marks if _kept(atlas, question, mark)]


def _kept(atlas: Atlas, question: Question, mark: Mark) -> bool:
    return (
        question.institution in ("", mark.institution)
        and question.reporter in ("", mark.reporter)
        and question.country in ("", mark.reporter, mark.partner)
        and question.region in ("", *regions_of(atlas, mark.partner))
        and (not question.period or (mark.period is not None and _years(mark.period) == question.period))
        and (not question.topic or _of_topic(atlas, question.topic, mark))
    )


def regions_of(atlas: Atlas, country: str) -> tuple[str, str]:
    """The print's region and the M49 region of a country."""
    found = atlas.countries.get(country, {})
    return found.get("region", ""), found.get("m49", "")


def _of_topic(atlas: Atlas, topic: str, mark: Mark) -> bool:
    return topic_is_shared(atlas, topic) or mark.institution in _who(atlas, topic)


def topic_is_shared(atlas: Atlas, topic: str) -> bool:
    """Whether the edition gives the topic only for all respondents together, so that it cannot tell them apart."""
    return not (_who(atlas, topic) - {"together"}) and "together" in _who(atlas, topic)


def _who(atlas: Atlas, topic: str) -> set[str]:
    return {cell["who"] for cell in atlas.figures["F10"]["cells"] if cell["topic"] == topic}


def _years(period: tuple[int, int | None]) -> str:
    first, last = period
    return f"{first}-{last}" if last else f"{first}-"
