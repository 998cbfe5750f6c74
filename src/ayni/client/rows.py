"""The rows that the API answers, as types for editors and checkers; dates are texts (2026-03-01). Their meaning: /api/v1/openapi.json."""

from typing import Any, TypedDict


class Country(TypedDict):
    """A country or territory; names come from the Unicode CLDR."""

    iso3: str
    iso2: str
    m49: str
    name: str
    region_m49: str | None
    region_oas2010: str | None


class Region(TypedDict):
    """A region of one of the two schemes that stand side by side."""

    scheme: str
    code: str
    name: str
    parent: str | None
    position: int


class DatedName(TypedDict):
    """A name that an institution bears or bore; dates as far as they are known (2011, 2011-10, 2011-10-13)."""

    name: str
    acronym: str
    valid_from: str
    valid_to: str


class Institution(TypedDict):
    """A body of one country, or an international one."""

    code: str
    name: str
    acronym: str
    country: str | None
    international: bool
    kind: str | None
    role: str | None
    parent: str | None
    website: str
    names: list[DatedName]
    successors: list[str]


class Programme(TypedDict):
    """A programme of social protection of one country."""

    code: str
    country: str
    institution: str | None
    name: str
    acronym: str
    summary: str
    began: str
    ended: str
    topics: list[str]
    quadrants: list[str]
    modalities: list[str]
    languages: list[str]
    evidence: int | None
    website: str
    source: str
    fictional: bool


class Component(TypedDict):
    """A part of a programme that can be transferred alone."""

    programme: str
    code: str
    version: int
    name: str
    description: str
    topics: list[str]
    quadrants: list[str]
    modalities: list[str]
    prerequisites: str
    needs: list[str]
    evidence: int | None
    languages: list[str]
    retired: bool
    fictional: bool


class Vocabulary(TypedDict):
    """A version of a vocabulary (SKOS: concept scheme)."""

    code: str
    version: int
    title: str
    note: str
    source: str
    standing: str
    status: str


class Term(TypedDict):
    """A term of a version of a vocabulary (SKOS: concept)."""

    vocabulary: str
    version: int
    code: str
    broader: str | None
    label: str
    definition: str
    position: int
    source: str
    extra: dict[str, Any]
    retired_on: str | None


class Taking(TypedDict):
    """An institution that takes part in an initiative."""

    institution: str
    country: str | None
    role: str
    part: int | None


class Participation(TypedDict):
    """An institution in an initiative, as a row of its own."""

    institution: str
    country: str | None
    role: str
    part: int | None
    initiative: str
    validation: str
    fictional: bool


class Initiative(TypedDict):
    """What countries do together. `validation` tells records of both sides from those of one: never add them up."""

    code: str
    title: str
    objective: str
    summary: str
    validation: str
    state: str
    type: str
    size: str
    formality: str
    continuity: str
    institution: str
    countries: list[str]
    participations: list[Taking]
    topics: list[str]
    modalities: list[str]
    quadrants: list[str]
    goals: list[str]
    agreements: list[int]
    merged: list[str]
    parent: str | None
    requested_on: str | None
    answered_on: str | None
    approved_on: str | None
    starts_on: str | None
    ends_on: str | None
    began_on: str | None
    closed_on: str | None
    source: str
    fictional: bool


class Party(TypedDict):
    """An institution that is bound by an agreement."""

    institution: str
    country: str | None
    commitments: str
    rank: str | None
    signed_on: str | None


class Agreement(TypedDict):
    """What was agreed and signed; drafts are no open data."""

    id: int
    title: str
    form: str
    state: str
    institution: str
    parent: int | None
    parties: list[Party]
    purpose: str
    roles: str
    responsibilities: str
    limits: str
    valid_from: str | None
    valid_to: str | None
    renews: bool
    source: str
    fictional: bool


class Offer(TypedDict):
    """What an institution can share."""

    id: int
    title: str
    institution: str
    country: str | None
    component: str | None
    text: str
    prerequisites: str
    expects: str
    gains: str
    topics: list[str]
    modalities: list[str]
    quadrants: list[str]
    languages: list[str]
    evidence: int | None
    capacity_days: int | None
    cost_usd: float | None
    state: str
    confirmed_on: str | None
    fictional: bool


class Need(TypedDict):
    """Expert-days that a demand asks for in one quadrant."""

    quadrant: str
    days: int


class Demand(TypedDict):
    """What an institution needs; public once it was found eligible."""

    id: int
    title: str
    institution: str
    country: str | None
    component: str | None
    problem: str
    objective: str
    results: str
    expects: str
    gives: str
    topics: list[str]
    modalities: list[str]
    needs: list[Need]
    languages: list[str]
    interpretation: bool
    counterpart_hours: int | None
    budget_usd: float | None
    starts: str | None
    deadline: str | None
    state: str
    confirmed_on: str | None
    fictional: bool


class Use(TypedDict):
    """A version of a programme or component that a lesson changed."""

    changed: str
    version: int
    text: str
    used_on: str
    verified: bool


class Lesson(TypedDict):
    """What an institution learned in an initiative; public once it was reviewed."""

    id: int
    initiative: str
    institution: str
    country: str | None
    joint_with: str | None
    title: str
    text: str
    recognition: str
    proposal: str
    topics: list[str]
    state: str
    kind: str
    captured_on: str
    uses: list[Use]
    fictional: bool
