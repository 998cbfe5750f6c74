"""Countries, regions, institutions, programmes, vocabularies: the shapes of what the directory holds."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _
from pydantic import Field

from ayni.interop.formats.open_data.words import Shape, Text, a_code, a_day, a_source, a_text, is_fictional, several


class Country(Shape):
    """A country or territory; names come from the Unicode CLDR."""

    iso3: str = a_code(_("Country (ISO 3166-1 alpha-3)"), "BRA")
    iso2: str = a_code(_("ISO 3166-1 alpha-2"), "BR")
    m49: str = a_code(_("United Nations M49"), "076")
    name: Text = a_text(_("Name"), "Brazil")
    region_m49: str | None = a_code(_("Region of the UN M49 scheme"), "019")
    region_oas2010: str | None = a_code(_("Region of the document of 2010"), "Americas and Caribbean")


class Region(Shape):
    """A region of one of the two schemes that stand side by side."""

    scheme: str = a_code(_("m49 (United Nations) or oas2010 (as the document of 2010 prints them)"), "oas2010")
    code: str = a_code(_("Code within its scheme"), "Middle East")
    name: Text = a_text(_("Name"), "Middle East")
    parent: str | None = a_code(_("Code of the region that it lies in"), "001")
    position: int = Field(description=_("Place in the scheme's own order"), examples=[4])


class DatedName(Shape):
    """A name that an institution bears or bore; dates as far as they are known (2011, 2011-10, 2011-10-13)."""

    name: Text = a_text(_("Name"), "Ministry of Social Development")
    acronym: str = a_code(_("Short name"), "MDS")
    valid_from: str = a_code(_("Since"), "2004")
    valid_to: str = a_code(_("Until; empty while it is borne"), "2019-01")


class Institution(Shape):
    """A body of one country, or an international one."""

    code: str = a_code(_("Code"), "BR-MDS")
    name: Text = a_text(_("Name in use, or the last one"), "Ministry of Social Development")
    acronym: str = a_code(_("Short name"), "MDS")
    country: str | None = a_code(_("Country (ISO 3166-1 alpha-3); null for an international body"), "BRA")
    international: bool = Field(description=_("Whether it belongs to no single country"), examples=[False])
    kind: str | None = a_code(_("Kind (vocabulary institution-types)"), "ministry")
    role: str | None = a_code(_("Role in social protection (vocabulary social-protection-roles)"), "lead")
    parent: str | None = a_code(_("Code of the institution that it belongs to"), "BR-PR")
    website: str = a_code(_("Address"), "https://www.gov.br/mds")
    names: list[DatedName] = Field(description=_("Every name with its dates, the earliest first"))
    successors: list[str] = several(_("Codes of those that took over from it"), "BR-MC")


class Programme(Shape):
    """A programme of social protection of one country."""

    code: str = a_code(_("Code"), "BR-BOLSA-FAMILIA")
    country: str = a_code(_("Country (ISO 3166-1 alpha-3)"), "BRA")
    institution: str | None = a_code(_("Code of the institution that runs it"), "BR-MDS")
    name: Text = a_text(_("Name"), "Bolsa Família")
    acronym: str = a_code(_("Short name"), "PBF")
    summary: Text = a_text(_("What it does"), "Cash transfers to families")
    began: str = a_code(_("Since, as far as it is known"), "2003-10")
    ended: str = a_code(_("Until, as far as it is known; empty while it runs"), "")
    topics: list[str] = several(_("Topics (vocabulary topics)"), "transfers")
    quadrants: list[str] = several(_("Quadrants of the matrix (vocabulary quadrants)"), "Q3", "Q4")
    modalities: list[str] = several(_("Modalities (vocabulary modalities)"), "internships")
    languages: list[str] = several(_("Working languages (ISO 639-1)"), "pt", "es")
    evidence: int | None = Field(description=_("How well it is known to work, 0 to 4"), ge=0, le=4, examples=[4])
    website: str = a_code(_("Address"), "https://www.gov.br/mds")
    source: str = a_source()
    fictional: bool = is_fictional()


class Component(Shape):
    """A part of a programme that can be transferred alone."""

    programme: str = a_code(_("Code of its programme"), "BR-BOLSA-FAMILIA")
    code: str = a_code(_("Code within the programme"), "single-registry")
    version: int = Field(description=_("Version, from 1"), ge=1, examples=[2])
    name: Text = a_text(_("Name"), "Single registry")
    description: Text = a_text(_("What it is"), "One list of households for every programme")
    topics: list[str] = several(_("Topics (vocabulary topics)"), "single-registry")
    quadrants: list[str] = several(_("Quadrants (vocabulary quadrants)"), "Q2")
    modalities: list[str] = several(_("Modalities (vocabulary modalities)"), "internships")
    prerequisites: Text = a_text(_("What it needs before it is transferred"), "A legal base for data")
    needs: list[str] = several(_("Components that it needs: programme/code"), "BR-BOLSA-FAMILIA/registry-law")
    evidence: int | None = Field(description=_("How well it is known to work, 0 to 4"), ge=0, le=4, examples=[3])
    languages: list[str] = several(_("Working languages (ISO 639-1)"), "pt")
    retired: bool = Field(description=_("No longer offered"), examples=[False])
    fictional: bool = is_fictional()


class Vocabulary(Shape):
    """A version of a vocabulary (SKOS: concept scheme)."""

    code: str = a_code(_("Code"), "topics")
    version: int = Field(description=_("Version, from 1"), ge=1, examples=[1])
    title: Text = a_text(_("Title"), "Topics")
    note: Text = a_text(_("What it is for"), "The topics of Section III")
    source: str = a_source()
    standing: str = a_code(_("D: said by the 2010 document; S: a standard; J: Ayni's own judgement"), "D")
    status: str = a_code(_("current, or superseded by a later version"), "current")


class Term(Shape):
    """A term of a version of a vocabulary (SKOS: concept)."""

    vocabulary: str = a_code(_("Code of the vocabulary"), "topics")
    version: int = Field(description=_("Version of the vocabulary"), ge=1, examples=[1])
    code: str = a_code(_("Code"), "single-registry")
    broader: str | None = a_code(_("Code of the term above"), "registries")
    label: Text = a_text(_("Label"), "Single registry")
    definition: Text = a_text(_("What it means"), "One list of households")
    position: int = Field(description=_("Place in the vocabulary's order"), examples=[3])
    source: str = a_source()
    extra: dict[str, Any] = Field(description=_("Codes in other lists (CRS, TOSSD…)"), examples=[{"crs": "16010"}])
    retired_on: date | None = a_day(_("Offered no longer since"))
