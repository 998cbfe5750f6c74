"""Results: what was to change, how it is measured, from where and how far it came."""

from dataclasses import dataclass
from datetime import date

from ayni.iati.parts import Document, Others
from ayni.iati.shape import Texts, attribute, day, many, texts


@dataclass(frozen=True, slots=True)
class Reference:
    """A result's or an indicator's code in a vocabulary."""

    code: str = attribute("code")
    vocabulary: str = attribute("vocabulary")
    vocabulary_uri: str = attribute("vocabulary-uri")
    indicator_uri: str = attribute("indicator-uri")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A location of the same activity, by its ``ref``."""

    ref: str = attribute("ref")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """A disaggregation: ("sex", "female")."""

    name: str = attribute("name")
    value: str = attribute("value")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where an indicator stood. Values are text: the standard lets qualitative ones in."""

    on: date | None = attribute("iso-date", None)
    year: int | None = attribute("year", None)
    value: str = attribute("value")
    locations: tuple[Place, ...] = many("location", Place)
    dimensions: tuple[Dimension, ...] = many("dimension", Dimension)
    documents: tuple[Document, ...] = many("document-link", Document)
    comments: Texts = texts("comment")
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """A target or an actual value of a period."""

    value: str = attribute("value")
    locations: tuple[Place, ...] = many("location", Place)
    dimensions: tuple[Dimension, ...] = many("dimension", Dimension)
    comments: Texts = texts("comment")
    documents: tuple[Document, ...] = many("document-link", Document)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A period of an indicator with its targets and actuals."""

    start: date | None = day("period-start")
    end: date | None = day("period-end")
    targets: tuple[Measurement, ...] = many("target", Measurement)
    actuals: tuple[Measurement, ...] = many("actual", Measurement)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """``measure`` 1 unit, 2 percentage, 3 nominal, 4 ordinal, 5 qualitative; ``ascending`` None means yes."""

    measure: str = attribute("measure")
    ascending: bool | None = attribute("ascending", None)
    aggregation: bool | None = attribute("aggregation-status", None)
    titles: Texts = texts("title")
    descriptions: Texts = texts("description")
    documents: tuple[Document, ...] = many("document-link", Document)
    references: tuple[Reference, ...] = many("reference", Reference)
    baselines: tuple[Baseline, ...] = many("baseline", Baseline)
    periods: tuple[Period, ...] = many("period", Period)
    others: Others = ()


@dataclass(frozen=True, slots=True)
class Result:
    """``type`` 1 output, 2 outcome, 3 impact, 9 other."""

    type: str = attribute("type")
    aggregation: bool | None = attribute("aggregation-status", None)
    titles: Texts = texts("title")
    descriptions: Texts = texts("description")
    documents: tuple[Document, ...] = many("document-link", Document)
    references: tuple[Reference, ...] = many("reference", Reference)
    indicators: tuple[Indicator, ...] = many("indicator", Indicator)
    others: Others = ()
