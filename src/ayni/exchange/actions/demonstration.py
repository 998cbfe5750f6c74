"""The demonstration of the exchange: fictional offers and demands of real institutions, in every state, taken there by its people."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ayni.accounts.models import User
from ayni.common.reference import document
from ayni.directory.actions.people import add_person, grant_role
from ayni.directory.models import Concept, Country, Institution, Membership, joined
from ayni.exchange.actions.demo_missions import load_demo_missions
from ayni.exchange.actions.matching import load_rules, suggest_match
from ayni.exchange.actions.screening import AUTHOR, SECRETARIAT, Scored, decide_screening, score_items
from ayni.exchange.actions.steps import take_step
from ayni.exchange.actions.writing import begin_demand, begin_offer, save_draft
from ayni.exchange.models import Demand, Item, Offer
from ayni.exchange.queries.written import PLAIN, SETS, TEXTS, Draft, draft_of

EVIDENCE = {
    "es": "[Ficticio] Documentos compartidos con la secretaría.",
    "pt": "[Fictício] Documentos compartilhados com a secretaria.",
    "en": "[Fictional] Documents shared with the secretariat.",
}


@transaction.atomic
def load_exchange(*, by: Any, password: str) -> bool:
    """Enter the people, offers, demands, screenings and matches, unless there are any. Returns whether it did."""
    load_rules(by=by)
    if Offer.objects.exists() or Demand.objects.exists():
        return False
    told = document("demo/exchange.json")
    _people(by, password, told["people"])
    acting = Acting()
    offers = {row["code"]: _offer(row, acting) for row in told["offers"]}
    demands = {row["code"]: enter_demand(row, acting) for row in told["demands"]}
    for row in told["matches"]:
        demand, offer = demands[row["demand"]], offers[row["offer"]]
        match = suggest_match(by=acting.secretariat, demand=demand, offer=offer)
        for step in row["steps"]:
            side = demand if step == "accept-demand" else offer
            match = take_step(by=acting.writer(side.institution), thing=match, step=step)
    load_demo_missions(by=by, rows=told["missions"], demands=demands, acting=acting)
    return True


class Acting:
    """Who acts for an institution, a country, the network."""

    def __init__(self) -> None:
        held = list(Membership.objects.in_force().select_related("user"))
        self._institutions = {one.institution_id: one.user for one in held if one.role == "focal-point"}
        self._countries = {one.country_id: one.user for one in held if one.role == "national-coordinator"}
        self.secretariat: User = next(one.user for one in held if one.role == "secretariat")

    def writer(self, institution: Institution) -> User:
        """Its focal point, or the coordinator of its country."""
        return self._institutions.get(institution.pk) or self._countries[institution.country_id]

    def coordinator(self, institution: Institution) -> User:
        """The national coordinator of its country."""
        return self._countries[institution.country_id]

    def coordinator_of(self, country: str) -> User:
        """The national coordinator of a country."""
        return self._countries[country]


def _people(by: Any, password: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        user = add_person(
            by=by,
            email=row["email"],
            name=row["name"],
            language=row["language"],
            password=password if row.get("signs_in") else None,
            demo=True,
        )
        grant_role(
            by=by,
            user=user,
            role=row["role"],
            institution=Institution.objects.get(code=row["institution"]) if "institution" in row else None,
            country=Country.objects.get(pk=row["country"]) if "country" in row else None,
        )


def _offer(row: dict[str, Any], acting: Acting) -> Offer:
    institution = Institution.objects.get(code=row["institution"])
    writer = acting.writer(institution)
    offer = begin_offer(by=writer, institution=institution, title=row["title"])
    offer = _fill(offer, row, writer)
    for step in row["steps"]:
        code, reason = step if isinstance(step, list) else (step, "")
        actor = acting.coordinator(institution) if code in ("publish", "send-back") else writer
        offer = take_step(by=actor, thing=offer, step=code, reason=reason)
    return offer


@transaction.atomic
def enter_demand(row: dict[str, Any], acting: Acting) -> Demand:
    """A demand as data/demo/exchange.json tells it, written, submitted and screened by the people whose turn it is."""
    institution = Institution.objects.get(code=row["institution"])
    writer = acting.writer(institution)
    demand = begin_demand(by=writer, institution=institution, title=row["title"])
    demand = _fill(demand, row, writer)
    for step in row["steps"]:
        actor = acting.coordinator(institution) if step == "endorse" else writer
        demand = take_step(by=actor, thing=demand, step=step)
    if "author" in row:
        _screen(demand, row, writer, acting.secretariat)
        demand.refresh_from_db()
    return demand


def _screen(demand: Demand, row: dict[str, Any], writer: User, secretariat: User) -> None:
    screening = demand.screenings.get(result="")
    language = next(iter(row["objective"]))
    text = EVIDENCE.get(language, EVIDENCE["es"])
    items = [item.value for item in Item]
    author = {code: Scored(score, text) for code, score in zip(items, row["author"], strict=True) if score is not None}
    score_items(by=writer, screening=screening, side=AUTHOR, scored=author)
    if row["secretariat"]:
        remark = EVIDENCE[language] if language in EVIDENCE else EVIDENCE["es"]
        scored = {
            code: Scored(score, "" if author[code].score == score else remark)
            for code, score in zip(items, row["secretariat"], strict=True)
        }
        score_items(by=secretariat, screening=screening, side=SECRETARIAT, scored=scored)
    if "decide" in row:
        result, reason, *to = row["decide"]
        decide_screening(by=secretariat, screening=screening, result=result, reason=reason, referred_to="".join(to))


def _fill(thing: Any, row: dict[str, Any], writer: User) -> Any:
    """Write what the row says, language by language, as its author would."""
    languages = sorted({code for name in TEXTS[type(thing)] for code in row.get(name, {})})
    for code in languages:
        standing = draft_of(thing, code)
        draft = Draft(
            code,
            {name: row.get(name, {}).get(code, "") for name in TEXTS[type(thing)]},
            standing.plain | _plain(thing, row),
            {name: _keys(name, row.get(name, [])) for name in SETS[type(thing)]},
            None,
            {
                Concept.objects.current("quadrants").get(code=cell).pk: days
                for cell, days in row.get("days", {}).items()
            },
        )
        thing = save_draft(by=writer, thing=thing, base=thing.revision, draft=draft)
    # Nobody says of their own offer that it is fictional: the demonstration does.
    thing.fictional = True
    thing.save()
    return thing


def _plain(thing: Any, row: dict[str, Any]) -> dict[str, Any]:
    given = {name: row[name] for name in PLAIN[type(thing)] if name in row}
    if "languages" in given:
        given["languages"] = joined(given["languages"].split())
    if "starts_in" in row:
        given["starts"] = _month(row["starts_in"])
        given["deadline"] = _month(row["starts_in"] + row["months"])
    return given


def _month(later: int) -> date:
    """The first of the month that is so many months from now."""
    today = timezone.localdate()
    number = today.year * 12 + today.month - 1 + later
    return date(number // 12, number % 12 + 1, 1)


def _keys(name: str, codes: list[str]) -> frozenset[Any]:
    if name == "excluded":
        return frozenset(codes)
    return frozenset(Concept.objects.current(name).filter(code__in=codes).values_list("pk", flat=True))
