"""What can be asked of each list: the filters of the API, with what they take."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from ayni.interop.formats.open_data.words import CODE, ISO3

Code = Annotated[str, Field(pattern=CODE, max_length=80)]
Iso3 = Annotated[str, Field(pattern=ISO3)]
LONGEST_CURSOR = 300
MOST = 500


class Question(BaseModel):
    """What every list can be asked for: a page of it, in a language."""

    lang: Literal["es", "pt", "en", "fr"] | None = Field(
        None, description="Language of the texts; without it Accept-Language decides", examples=["en"]
    )


class ListQuestion(Question):
    """A page of a list."""

    cursor: str | None = Field(
        None, max_length=LONGEST_CURSOR, pattern=r"^[\x21-\x7e]+$", description="Where to go on: the cursor in `next`"
    )
    limit: int = Field(100, ge=1, le=MOST, description="Rows of a page", examples=[100])


class Nothing(BaseModel):
    """No filter."""


class OfCountry(BaseModel):
    country: Iso3 | None = Field(None, description="Country (ISO 3166-1 alpha-3)", examples=["BRA"])


class OfRegions(BaseModel):
    scheme: Literal["m49", "oas2010"] | None = Field(None, description="Scheme of regions", examples=["oas2010"])


class OfCountries(BaseModel):
    region_m49: Code | None = Field(None, description="Region of the UN M49 scheme", examples=["019"])


class OfInstitutions(OfCountry):
    international: bool | None = Field(None, description="International bodies, or those of a country")


class OfProgrammes(OfCountry):
    institution: Code | None = Field(None, description="Code of an institution", examples=["BR-MDS"])
    topic: Code | None = Field(None, description="Code of a topic", examples=["single-registry"])
    quadrant: Code | None = Field(None, description="Code of a quadrant", examples=["Q2"])


class OfComponents(BaseModel):
    programme: Code | None = Field(None, description="Code of a programme", examples=["BR-BOLSA-FAMILIA"])
    topic: Code | None = Field(None, description="Code of a topic", examples=["single-registry"])


class OfVocabularies(BaseModel):
    status: Literal["current", "superseded"] | None = Field(None, description="Where the version stands")


class OfTerms(BaseModel):
    vocabulary: Code | None = Field(None, description="Code of a vocabulary", examples=["topics"])
    version: int | None = Field(None, ge=1, le=32767, description="Version; without it, every one")
    current: bool | None = Field(None, description="True: of versions in force and not retired")


class OfInitiatives(OfCountry):
    institution: Code | None = Field(None, description="Code of an institution that takes part", examples=["BR-MDS"])
    type: Code | None = Field(None, description="Type of cooperation", examples=["horizontal"])
    topic: Code | None = Field(None, description="Code of a topic", examples=["single-registry"])
    modality: Code | None = Field(None, description="Code of a modality")
    quadrant: Code | None = Field(None, description="Code of a quadrant", examples=["Q2"])
    state: Code | None = Field(None, description="Where it stands", examples=["execution"])
    record: Literal["validated", "unilateral"] | None = Field(None, description="Validated by every side, or of one")
    year: int | None = Field(None, ge=1900, le=2100, description="Planned or carried out in that year", examples=[2026])
    text: str | None = Field(
        None, max_length=200, pattern=r"^[^\x00]*$", description="Words that its texts hold, in any language"
    )


class OfParticipations(OfCountry):
    initiative: Code | None = Field(None, description="Code of an initiative", examples=["BR-2026-0007"])
    institution: Code | None = Field(None, description="Code of an institution", examples=["BR-MDS"])
    role: Code | None = Field(None, description="Role", examples=["recipient"])


class OfAgreements(OfCountry):
    form: Code | None = Field(None, description="Form", examples=["framework"])
    state: Code | None = Field(None, description="signed, in-force, expired or terminated", examples=["in-force"])


class OfSupply(OfCountry):
    topic: Code | None = Field(None, description="Code of a topic", examples=["single-registry"])
    modality: Code | None = Field(None, description="Code of a modality")
    quadrant: Code | None = Field(None, description="Code of a quadrant", examples=["Q2"])
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = Field(None, description="A working language")


class OfLessons(OfCountry):
    topic: Code | None = Field(None, description="Code of a topic")
    kind: Literal["internal", "external", "projective"] | None = Field(None, description="Type of learning")
    state: Code | None = Field(None, description="Where it stands", examples=["verified"])


class OfMarks(BaseModel):
    edition: Code | None = Field(None, description="Code of an edition", examples=["oas-2010"])
    institution: Code | None = Field(None, description="Code of an institution", examples=["BR-MDS"])
    partner: Iso3 | None = Field(None, description="Partner country", examples=["BOL"])


class OfStatistics(BaseModel):
    table: Literal["total", "country", "pair", "type", "year"] | None = Field(None, description="Which table")


class OfAccounts(OfCountry):
    year: int | None = Field(None, ge=1900, le=2100, description="Year; without it, the present one", examples=[2026])
    table: Code | None = Field(None, description="Table or figure", examples=["T8"])


def asked(question: BaseModel) -> dict[str, Any]:
    """What was asked, without what was left open."""
    return question.model_dump(exclude_none=True)
