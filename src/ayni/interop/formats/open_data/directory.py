"""Countries, regions, institutions, programmes, vocabularies: the shapes of what the directory holds."""

from datetime import date
from typing import Any

from pydantic import Field

from ayni.interop.formats.open_data.words import Shape, Text, a_code, a_day, a_source, a_text, is_fictional, several

COUNTRY = "Country (ISO 3166-1 alpha-3)"


class Country(Shape):
    """A country or territory; names come from the Unicode CLDR."""

    iso3: str = a_code(COUNTRY, "BRA")
    iso2: str = a_code("ISO 3166-1 alpha-2", "BR")
    m49: str = a_code("United Nations M49", "076")
    name: Text = a_text("Name", "Brazil")
    region_m49: str | None = a_code("Region of the UN M49 scheme", "019")
    region_oas2010: str | None = a_code("Region of the document of 2010", "Americas and Caribbean")


class Region(Shape):
    """A region of one of the two schemes that stand side by side."""

    scheme: str = a_code("m49 (United Nations) or oas2010 (as the document of 2010 prints them)", "oas2010")
    code: str = a_code("Code within its scheme", "Middle East")
    name: Text = a_text("Name", "Middle East")
    parent: str | None = a_code("Code of the region that it lies in", "001")
    position: int = Field(description="Place in the scheme's own order", examples=[4])


class DatedName(Shape):
    """A name that an institution bears or bore; dates as far as they are known (2011, 2011-10, 2011-10-13)."""

    name: Text = a_text("Name", "Ministry of Social Development")
    acronym: str = a_code("Short name", "MDS")
    valid_from: str = a_code("Since", "2004")
    valid_to: str = a_code("Until; empty while it is borne", "2019-01")


class Institution(Shape):
    """A body of one country, or an international one."""

    code: str = a_code("Code", "BR-MDS")
    name: Text = a_text("Name in use, or the last one", "Ministry of Social Development")
    acronym: str = a_code("Short name", "MDS")
    country: str | None = a_code(f"{COUNTRY}; null for an international body", "BRA")
    international: bool = Field(description="Whether it belongs to no single country", examples=[False])
    kind: str | None = a_code("Kind (vocabulary institution-types)", "ministry")
    role: str | None = a_code("Role in social protection (vocabulary social-protection-roles)", "lead")
    parent: str | None = a_code("Code of the institution that it belongs to", "BR-PR")
    website: str = a_code("Address", "https://www.gov.br/mds")
    names: list[DatedName] = Field(description="Every name with its dates, the earliest first")
    successors: list[str] = several("Codes of those that took over from it", "BR-MC")


class Programme(Shape):
    """A programme of social protection of one country."""

    code: str = a_code("Code", "BR-BOLSA-FAMILIA")
    country: str = a_code(COUNTRY, "BRA")
    institution: str | None = a_code("Code of the institution that runs it", "BR-MDS")
    name: Text = a_text("Name", "Bolsa Família")
    acronym: str = a_code("Short name", "PBF")
    summary: Text = a_text("What it does", "Cash transfers to families")
    began: str = a_code("Since, as far as it is known", "2003-10")
    ended: str = a_code("Until, as far as it is known; empty while it runs", "")
    topics: list[str] = several("Topics (vocabulary topics)", "transfers")
    quadrants: list[str] = several("Quadrants of the matrix (vocabulary quadrants)", "Q3", "Q4")
    modalities: list[str] = several("Modalities (vocabulary modalities)", "internships")
    languages: list[str] = several("Working languages (ISO 639-1)", "pt", "es")
    evidence: int | None = Field(description="How well it is known to work, 0 to 4", ge=0, le=4, examples=[4])
    website: str = a_code("Address", "https://www.gov.br/mds")
    source: str = a_source()
    fictional: bool = is_fictional()


class Component(Shape):
    """A part of a programme that can be transferred alone."""

    programme: str = a_code("Code of its programme", "BR-BOLSA-FAMILIA")
    code: str = a_code("Code within the programme", "single-registry")
    version: int = Field(description="Version, from 1", ge=1, examples=[2])
    name: Text = a_text("Name", "Single registry")
    description: Text = a_text("What it is", "One list of households for every programme")
    topics: list[str] = several("Topics (vocabulary topics)", "single-registry")
    quadrants: list[str] = several("Quadrants (vocabulary quadrants)", "Q2")
    modalities: list[str] = several("Modalities (vocabulary modalities)", "internships")
    prerequisites: Text = a_text("What it needs before it is transferred", "A legal base for data")
    needs: list[str] = several("Components that it needs: programme/code", "BR-BOLSA-FAMILIA/registry-law")
    evidence: int | None = Field(description="How well it is known to work, 0 to 4", ge=0, le=4, examples=[3])
    languages: list[str] = several("Working languages (ISO 639-1)", "pt")
    retired: bool = Field(description="No longer offered", examples=[False])


class Vocabulary(Shape):
    """A version of a vocabulary (SKOS: concept scheme)."""

    code: str = a_code("Code", "topics")
    version: int = Field(description="Version, from 1", ge=1, examples=[1])
    title: Text = a_text("Title", "Topics")
    note: Text = a_text("What it is for", "The topics of Section III")
    source: str = a_source()
    standing: str = a_code("D: said by the 2010 document; S: a standard; J: Ayni's own judgement", "D")
    status: str = a_code("current, or superseded by a later version", "current")


class Term(Shape):
    """A term of a version of a vocabulary (SKOS: concept)."""

    vocabulary: str = a_code("Code of the vocabulary", "topics")
    version: int = Field(description="Version of the vocabulary", ge=1, examples=[1])
    code: str = a_code("Code", "single-registry")
    broader: str | None = a_code("Code of the term above", "registries")
    label: Text = a_text("Label", "Single registry")
    definition: Text = a_text("What it means", "One list of households")
    position: int = Field(description="Place in the vocabulary's order", examples=[3])
    source: str = a_source()
    extra: dict[str, Any] = Field(description="Codes in other lists (CRS, TOSSD…)", examples=[{"crs": "16010"}])
    retired_on: date | None = a_day("Offered no longer since")
