"""What can be asked of each list: the filters of the API, with what they take."""

from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, Field

from ayni.interop.formats.open_data.words import CODE, ISO3

Code = Annotated[str, Field(pattern=CODE, max_length=80)]
Iso3 = Annotated[str, Field(pattern=ISO3)]
Digits = Annotated[str, Field(pattern=r"^[0-9]{1,5}$")]
# Anything but NUL, which PostgreSQL refuses.
WORDS = r"^[^\x00]*$"
LONGEST_CURSOR = 300
MOST = 500


class Question(BaseModel):
    """What every list can be asked for: a page of it, in a language."""

    lang: Literal["es", "pt", "en", "fr"] | None = Field(
        None, description=_("Language of the texts; without it Accept-Language decides"), examples=["en"]
    )


class ListQuestion(Question):
    """A page of a list."""

    cursor: str | None = Field(
        None,
        max_length=LONGEST_CURSOR,
        pattern=r"^[\x21-\x7e]+$",
        description=_("Where to go on: the cursor in “next”"),
    )
    count: bool = Field(False, description=_("True: how many rows answer the question, exactly"), examples=[True])
    limit: int = Field(100, ge=1, le=MOST, description=_("Rows of a page"), examples=[100])


class Nothing(BaseModel):
    """No filter."""


class OfCountry(BaseModel):
    country: Iso3 | None = Field(None, description=_("Country (ISO 3166-1 alpha-3)"), examples=["BRA"])


class OfRegions(BaseModel):
    scheme: Literal["m49", "oas2010"] | None = Field(None, description=_("Scheme of regions"), examples=["oas2010"])


class OfCountries(BaseModel):
    region_m49: Code | None = Field(None, description=_("Region of the UN M49 scheme"), examples=["019"])


class OfInstitutions(OfCountry):
    international: bool | None = Field(None, description=_("International bodies, or those of a country"))


class OfProgrammes(OfCountry):
    institution: Code | None = Field(None, description=_("Code of an institution"), examples=["BR-MDS"])
    topic: Code | None = Field(None, description=_("Code of a topic"), examples=["single-registry"])
    quadrant: Code | None = Field(None, description=_("Code of a quadrant"), examples=["Q2"])


class OfComponents(BaseModel):
    programme: Code | None = Field(None, description=_("Code of a programme"), examples=["BR-BOLSA-FAMILIA"])
    topic: Code | None = Field(None, description=_("Code of a topic"), examples=["single-registry"])


class OfVocabularies(BaseModel):
    status: Literal["current", "superseded"] | None = Field(None, description=_("Where the version stands"))


class OfTerms(BaseModel):
    vocabulary: Code | None = Field(None, description=_("Code of a vocabulary"), examples=["topics"])
    version: int | None = Field(None, ge=1, le=32767, description=_("Version; without it, every one"))
    current: bool | None = Field(None, description=_("True: of versions in force and not retired"))


class OfInitiatives(OfCountry):
    institution: Code | None = Field(None, description=_("Code of an institution that takes part"), examples=["BR-MDS"])
    type: Code | None = Field(None, description=_("Type of cooperation"), examples=["horizontal"])
    topic: Code | None = Field(None, description=_("Code of a topic"), examples=["single-registry"])
    modality: Code | None = Field(None, description=_("Code of a modality"))
    quadrant: Code | None = Field(None, description=_("Code of a quadrant"), examples=["Q2"])
    state: Code | None = Field(None, description=_("Where it stands"), examples=["execution"])
    record: Literal["validated", "unilateral"] | None = Field(None, description=_("Validated by every side, or of one"))
    year: int | None = Field(
        None, ge=1900, le=2100, description=_("Planned or carried out in that year"), examples=[2026]
    )
    text: str | None = Field(
        None, max_length=200, pattern=WORDS, description=_("Words that its texts hold, in any language")
    )


class OfParticipations(OfCountry):
    initiative: Code | None = Field(None, description=_("Code of an initiative"), examples=["BR-2026-0007"])
    institution: Code | None = Field(None, description=_("Code of an institution"), examples=["BR-MDS"])
    role: Code | None = Field(None, description=_("Role"), examples=["recipient"])


class OfAgreements(OfCountry):
    form: Code | None = Field(None, description=_("Form"), examples=["framework"])
    state: Code | None = Field(None, description=_("signed, in-force, expired or terminated"), examples=["in-force"])


class OfSupply(OfCountry):
    topic: Code | None = Field(None, description=_("Code of a topic"), examples=["single-registry"])
    modality: Code | None = Field(None, description=_("Code of a modality"))
    quadrant: Code | None = Field(None, description=_("Code of a quadrant"), examples=["Q2"])
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = Field(None, description=_("A working language"))


class OfLessons(OfCountry):
    topic: Code | None = Field(None, description=_("Code of a topic"))
    kind: Literal["internal", "external", "projective"] | None = Field(None, description=_("Type of learning"))
    state: Code | None = Field(None, description=_("Where it stands"), examples=["verified"])


class OfMarks(BaseModel):
    edition: Code | None = Field(None, description=_("Code of an edition"), examples=["oas-2010"])
    institution: Code | None = Field(None, description=_("Code of an institution"), examples=["BR-MDS"])
    partner: Iso3 | None = Field(None, description=_("Partner country"), examples=["BOL"])


class OfStatistics(BaseModel):
    table: Literal["total", "country", "pair", "type", "year"] | None = Field(None, description=_("Which table"))


class OfAccounts(OfCountry):
    year: int | None = Field(
        None, ge=1900, le=2100, description=_("Year; without it, the present one"), examples=[2026]
    )
    table: Code | None = Field(None, description=_("Table or figure"), examples=["T8"])


class OfReported(BaseModel):
    publisher: str | None = Field(
        None, max_length=120, pattern=WORDS, description=_("Identifier of who reports it"), examples=["XM-DAC-41114"]
    )
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = Field(
        None, description=_("Country in which it takes place (ISO 3166-1 alpha-2)"), examples=["BO"]
    )
    sector: Digits | None = Field(None, description=_("Sector of the OECD's list, or its beginning"), examples=["160"])
    status: Code | None = Field(None, description=_("Where it stands (IATI ActivityStatus)"), examples=["2"])
    year: int | None = Field(None, ge=1900, le=2100, description=_("Under way in that year"), examples=[2024])
    source: int | None = Field(None, ge=1, le=2**31 - 1, description=_("Number of the file"), examples=[3])
    text: str | None = Field(
        None, max_length=200, pattern=WORDS, description=_("Words that its texts hold, in any language")
    )


class OfTransactions(BaseModel):
    activity: int | None = Field(
        None, ge=1, le=2**31 - 1, description=_("Number of the reported activity"), examples=[81]
    )
    kind: Code | None = Field(None, description=_("Type (IATI TransactionType)"), examples=["3"])
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = Field(
        None, description=_("Currency (ISO 4217)"), examples=["USD"]
    )
    year: int | None = Field(None, ge=1900, le=2100, description=_("Happened in that year"), examples=[2024])
    sector: Digits | None = Field(None, description=_("Sector of its activity, or its beginning"), examples=["160"])


class OfSources(BaseModel):
    publisher: str | None = Field(
        None, max_length=120, pattern=WORDS, description=_("Identifier of who published it"), examples=["XM-DAC-41114"]
    )
    kind: Literal["iati-activities", "iati-organisations", "spreadsheet"] | None = Field(
        None, description=_("Kind of file")
    )


class OfOrganisations(BaseModel):
    publisher: str | None = Field(
        None, max_length=120, pattern=WORDS, description=_("Identifier of who reports it"), examples=["XM-DAC-41114"]
    )
    identifier: str | None = Field(
        None, max_length=250, pattern=WORDS, description=_("Identifier of the organisation"), examples=["XM-DAC-41114"]
    )
    source: int | None = Field(None, ge=1, le=2**31 - 1, description=_("Number of the file"), examples=[3])
    text: str | None = Field(
        None, max_length=200, pattern=WORDS, description=_("Words that its texts hold, in any language")
    )


class OfBudgets(BaseModel):
    organisation: int | None = Field(
        None, ge=1, le=2**31 - 1, description=_("Number of the reported organisation"), examples=[7]
    )
    kind: Literal["total", "organisation", "region", "country", "expenditure"] | None = Field(
        None, description=_("What the amount is of"), examples=["country"]
    )
    recipient: Code | None = Field(None, description=_("Code of the recipient"), examples=["BO"])
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = Field(
        None, description=_("Currency (ISO 4217)"), examples=["USD"]
    )
    year: int | None = Field(None, ge=1900, le=2100, description=_("Its period begins in that year"), examples=[2024])


class OfDocuments(BaseModel):
    organisation: int | None = Field(
        None, ge=1, le=2**31 - 1, description=_("Number of the reported organisation"), examples=[7]
    )


class OfFlows(BaseModel):
    source: Code | None = Field(None, description=_("Who says so"), examples=["crs"])
    status: Code | None = Field(None, description=_("What it is"), examples=["disbursement"])
    provider: Code | None = Field(None, description=_("Who offers"), examples=["BRA"])
    recipient: Code | None = Field(None, description=_("Who receives"), examples=["HTI"])
    region: Code | None = Field(None, description=_("Region of the UN M49 scheme"), examples=["029"])
    sector: Digits | None = Field(None, description=_("Sector of the OECD's list, or its beginning"), examples=["160"])
    topic: Code | None = Field(None, description=_("Code of a topic"), examples=["transfers"])
    modality: Code | None = Field(None, description=_("Type of cooperation, or of aid"))
    year: int | None = Field(None, ge=1900, le=2100, description=_("Year"), examples=[2021])


def asked(question: BaseModel) -> dict[str, Any]:
    """What was asked, without what was left open."""
    return question.model_dump(exclude_none=True)
