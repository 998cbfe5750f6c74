"""Initiatives, agreements, offers, demands, lessons: the shapes of what the registry, exchange and learning publish.

No person is named in open data, though a page may show who answers for a record.
"""

from datetime import date

from django.utils.translation import gettext_noop as _
from pydantic import Field

from ayni.interop.formats.open_data.words import Shape, Text, a_code, a_day, a_source, a_text, is_fictional, several


class Taking(Shape):
    """An institution that takes part in an initiative."""

    institution: str = a_code(_("Code of the institution"), "BR-MDS")
    country: str | None = a_code(_("Country (ISO 3166-1 alpha-3)"), "BRA")
    role: str = a_code(_("Role (vocabulary cooperation-roles)"), "first-offerer")
    part: int | None = Field(
        description=_("Number of the part in which it has this role; null: the whole"), examples=[1]
    )


class Participation(Taking):
    """An institution in an initiative, as a row of its own."""

    initiative: str = a_code(_("Code of the initiative"), "BR-2026-0007")
    validation: str = a_code(_("published: validated by every side; unilateral: declared by one alone"), "published")
    fictional: bool = is_fictional()


class Initiative(Shape):
    """What countries do together. `validation` tells records of both sides from those of one: never add them up."""

    code: str = a_code(_("Code, which never changes"), "BR-2026-0007")
    title: Text = a_text(_("Title"), "Single registry of households")
    objective: Text = a_text(_("Objective"), "One list of households")
    summary: Text = a_text(_("Summary"), "Technicians of both countries work together")
    validation: str = a_code(_("published: validated by every side; unilateral: declared by one alone"), "published")
    state: str = a_code(_("Where it stands: approved, execution, closure…"), "execution")
    type: str = a_code(_("Type of cooperation (vocabulary cooperation-types)"), "horizontal")
    size: str = a_code(_("action, project or programme"), "project")
    formality: str = a_code(_("formal, exchanged, informal, or empty"), "formal")
    continuity: str = a_code(_("once, repeated, continuous, or empty"), "once")
    institution: str = a_code(_("Code of the institution that keeps the record"), "BR-MDS")
    countries: list[str] = several(_("Countries that take part (ISO 3166-1 alpha-3), in order"), "BRA", "CHL")
    participations: list[Taking] = Field(description=_("Who takes part, in which role"))
    topics: list[str] = several(_("Topics (vocabulary topics)"), "single-registry")
    modalities: list[str] = several(_("Modalities (vocabulary modalities)"), "internships")
    quadrants: list[str] = several(_("Quadrants (vocabulary quadrants)"), "Q2")
    goals: list[str] = several(_("Sustainable Development Goals (vocabulary sdgs)"), "1")
    agreements: list[int] = Field(description=_("Numbers of the concluded agreements that cover it"), examples=[[3]])
    merged: list[str] = several(_("Codes of records of the same cooperation that count in this one"), "CL-2026-0003")
    parent: str | None = a_code(_("Code of the programme that it belongs to"), "BR-2026-0001")
    requested_on: date | None = a_day(_("Asked for on"))
    answered_on: date | None = a_day(_("Answered on"))
    approved_on: date | None = a_day(_("Approved on"))
    starts_on: date | None = a_day(_("Planned from"))
    ends_on: date | None = a_day(_("Planned until"))
    began_on: date | None = a_day(_("Begun on"))
    closed_on: date | None = a_day(_("Closed on"))
    source: str = a_source()
    fictional: bool = is_fictional()


class Party(Shape):
    """An institution that is bound by an agreement."""

    institution: str = a_code(_("Code of the institution"), "CL-MDSF")
    country: str | None = a_code(_("Country (ISO 3166-1 alpha-3)"), "CHL")
    commitments: Text = a_text(_("What it commits itself to"), "Receives two missions")
    rank: str | None = a_code(_("Rank of who signed (vocabulary agreement-ranks)"), "minister")
    signed_on: date | None = a_day(_("Signed on"))


class Agreement(Shape):
    """What was agreed and signed; drafts are no open data."""

    id: int = Field(description=_("Number"), examples=[3])
    title: Text = a_text(_("Title"), "Framework agreement")
    form: str = a_code(_("Form (vocabulary agreement-forms)"), "framework")
    state: str = a_code(_("signed, in-force, expired or terminated"), "in-force")
    institution: str = a_code(_("Code of the institution that keeps the record"), "BR-MDS")
    parent: int | None = Field(description=_("Number of the agreement that it stands under"), examples=[1])
    parties: list[Party] = Field(description=_("Who is bound by it"))
    purpose: Text = a_text(_("Purpose"), "To exchange what works")
    roles: Text = a_text(_("Roles"), "Brazil offers, Chile receives")
    responsibilities: Text = a_text(_("Responsibilities"), "Each side pays its own travel")
    limits: Text = a_text(_("Limits"), "No transfer of personal data")
    valid_from: date | None = a_day(_("In force from"))
    valid_to: date | None = a_day(_("In force until; null: until it is terminated"))
    renews: bool = Field(description=_("Renews by itself"), examples=[False])
    source: str = a_source()
    fictional: bool = is_fictional()


class Offer(Shape):
    """What an institution can share."""

    id: int = Field(description=_("Number"), examples=[12])
    title: Text = a_text(_("Title"), "Design of a single registry")
    institution: str = a_code(_("Code of the institution"), "BR-MDS")
    country: str | None = a_code(_("Country (ISO 3166-1 alpha-3)"), "BRA")
    component: str | None = a_code(_("Component offered: programme/code"), "BR-BOLSA-FAMILIA/single-registry")
    text: Text = a_text(_("What is offered"), "Two experts for three weeks")
    prerequisites: Text = a_text(_("What the other side needs"), "A legal base for data")
    expects: Text = a_text(_("What it expects of the other side"), "A counterpart team")
    gains: Text = a_text(_("What it gains itself"), "A tested method")
    topics: list[str] = several(_("Topics (vocabulary topics)"), "single-registry")
    modalities: list[str] = several(_("Modalities (vocabulary modalities)"), "internships")
    quadrants: list[str] = several(_("Quadrants (vocabulary quadrants)"), "Q2")
    languages: list[str] = several(_("Working languages (ISO 639-1)"), "pt")
    evidence: int | None = Field(description=_("How well it is known to work, 0 to 4"), ge=0, le=4, examples=[3])
    capacity_days: int | None = Field(description=_("Expert-days a year"), examples=[40])
    cost_usd: float | None = Field(description=_("Cost for the other side, in US dollars"), examples=[12000.0])
    state: str = a_code(_("published"), "published")
    confirmed_on: date | None = a_day(_("Confirmed on; it lapses twelve months later"))
    fictional: bool = is_fictional()


class Need(Shape):
    """Expert-days that a demand asks for in one quadrant."""

    quadrant: str = a_code(_("Quadrant (vocabulary quadrants)"), "Q2")
    days: int = Field(description=_("Expert-days"), ge=1, examples=[20])


class Demand(Shape):
    """What an institution needs; public once it was found eligible."""

    id: int = Field(description=_("Number"), examples=[7])
    title: Text = a_text(_("Title"), "A registry of households")
    institution: str = a_code(_("Code of the institution"), "PY-MDS")
    country: str | None = a_code(_("Country (ISO 3166-1 alpha-3)"), "PRY")
    component: str | None = a_code(_("Component asked for: programme/code"), "BR-BOLSA-FAMILIA/single-registry")
    problem: Text = a_text(_("Problem"), "Four lists that do not agree")
    objective: Text = a_text(_("Objective"), "One list in two years")
    results: Text = a_text(_("Results"), "A registry of 300,000 households")
    expects: Text = a_text(_("What it expects of the other side"), "Method and accompaniment")
    gives: Text = a_text(_("What it gives"), "Its own team and premises")
    topics: list[str] = several(_("Topics (vocabulary topics)"), "single-registry")
    modalities: list[str] = several(_("Modalities (vocabulary modalities)"), "internships")
    needs: list[Need] = Field(description=_("Expert-days by quadrant"))
    languages: list[str] = several(_("Working languages (ISO 639-1)"), "es")
    interpretation: bool = Field(description=_("Interpretation is budgeted"), examples=[False])
    counterpart_hours: int | None = Field(description=_("Hours a week of its own staff"), examples=[10])
    budget_usd: float | None = Field(description=_("Budget, in US dollars"), examples=[20000.0])
    starts: date | None = a_day(_("First month"))
    deadline: date | None = a_day(_("Last month"), "2027-12-01")
    state: str = a_code(_("eligible, matched or formalised"), "eligible")
    confirmed_on: date | None = a_day(_("Confirmed on; it lapses twelve months later"))
    fictional: bool = is_fictional()


class Use(Shape):
    """A version of a programme or component that a lesson changed."""

    changed: str = a_code(_("What changed: programme, or programme/component"), "CL-CHILE-SOLIDARIO")
    version: int = Field(description=_("Version that the lesson made"), ge=1, examples=[2])
    text: Text = a_text(_("What changed in it"), "Families are visited twice a year")
    used_on: date = a_day(_("Since"))
    verified: bool = Field(description=_("Somebody who observes has seen the evidence"), examples=[True])


class Lesson(Shape):
    """What an institution learned in an initiative; public once it was reviewed."""

    id: int = Field(description=_("Number"), examples=[5])
    initiative: str = a_code(_("Code of the initiative"), "BR-2026-0007")
    institution: str = a_code(_("Code of the institution"), "CL-MDSF")
    country: str | None = a_code(_("Country (ISO 3166-1 alpha-3)"), "CHL")
    joint_with: str | None = a_code(_("Code of the institution that agreed it learned the same"), "BR-MDS")
    title: Text = a_text(_("Title"), "Visits before transfers")
    text: Text = a_text(_("What was learned"), "Families who are visited first stay longer")
    recognition: Text = a_text(_("Recognition gained"), "Invited by two other countries")
    proposal: Text = a_text(_("New proposal"), "A common guide")
    topics: list[str] = several(_("Topics (vocabulary topics)"), "transfers")
    state: str = a_code(_("reviewed, typed, incorporated, verified or disseminated"), "verified")
    kind: str = a_code(_("Type of learning (vocabulary learning-types); empty while not known"), "internal")
    captured_on: date = a_day(_("Captured on"))
    uses: list[Use] = Field(description=_("What changed by it"))
    fictional: bool = is_fictional()
