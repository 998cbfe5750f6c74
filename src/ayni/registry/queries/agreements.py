"""Agreements as lists and pages show them: who sees which, whose turn it is, what a country asks of who signs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from ayni.common.lifecycle import Turn
from ayni.common.permissions import KEEP_AGREEMENTS, READ_DRAFTS, REVIEW_AGREEMENTS, may
from ayni.directory.models import Concept, Country
from ayni.registry.models import CONCLUDED, Agreement, AgreementParty, AgreementState, SigningRule
from ayni.registry.queries.reach import own

# So long before its last day an agreement is told to those who keep it.
WARNED = timedelta(days=180)


@dataclass(frozen=True)
class Asked:
    """What a party's country asks of this form: who signs, through whom; `rule` None where the country has none."""

    party: AgreementParty
    rule: SigningRule | None
    ranks: list[Concept]


def agreements_for(user: Any) -> QuerySet[Agreement]:
    """The concluded ones; drafts for their authors, for the parties and for those who read drafts."""
    if may(user, READ_DRAFTS):
        return Agreement.objects.all()
    mine = own(user, "institution", KEEP_AGREEMENTS) | own(user, "parties__institution", KEEP_AGREEMENTS)
    return Agreement.objects.filter(Q(state__in=CONCLUDED) | mine).distinct()


def with_all(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """With what lists and pages show, in a few queries for all."""
    return rows.select_related("institution__country", "form", "parent").prefetch_related(
        "institution__names", "parties__institution__names", "parties__institution__country", "parties__rank"
    )


def filtered(rows: QuerySet[Agreement], *, today: date, **asked: str) -> QuerySet[Agreement]:
    """The rows that answer every question asked; `ending`: in force, and ending within half a year."""
    if asked.get("form"):
        rows = rows.filter(form__code=asked["form"])
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    if asked.get("country"):
        rows = rows.filter(parties__institution__country=asked["country"])
    if asked.get("ending"):
        rows = rows.filter(ending(today))
    return rows.distinct()


def ending(today: date) -> Q:
    """In force, with a last day within half a year, and not renewing by itself."""
    return Q(state=AgreementState.IN_FORCE, valid_to__lte=today + WARNED, renews=False)


def overdue(today: date) -> QuerySet[Agreement]:
    """In force past their last day, and not renewing by themselves."""
    return Agreement.objects.filter(state=AgreementState.IN_FORCE, valid_to__lt=today, renews=False)


def to_sign(user: Any) -> Q:
    """In legal review, with a party that has not signed yet and whose signature the coordination of `user` records."""
    mine = own(user, "institution", REVIEW_AGREEMENTS)
    waiting = own(user, "parties__institution", REVIEW_AGREEMENTS) & Q(parties__signed_on__isnull=True)
    return Q(state=AgreementState.REVIEW) & (mine | waiting)


def rule_for(country: str | None, form: Concept) -> SigningRule | None:
    """What a country asks of a form, in whatever version of the vocabulary: its own rule, or the one for every form."""
    rules = newest_first(_rules_about(form).filter(country=country))
    return rules.prefetch_related("ranks").select_related("via").first()


def newest_first(rules: QuerySet[SigningRule]) -> QuerySet[SigningRule]:
    """Those of the newest version of a form first, those for every form last."""
    return rules.order_by(F("form__scheme__version").desc(nulls_last=True), "pk")


def _rules_about(form: Concept) -> QuerySet[SigningRule]:
    return SigningRule.objects.filter(Q(form__code=form.code) | Q(form__isnull=True))


def asked_of(agreement: Agreement) -> list[Asked]:
    """What the country of each party asks of the agreement's form."""
    places = {party.institution.country_id for party in agreement.parties.all()}
    rows = newest_first(_rules_about(agreement.form).filter(country__in=places - {None}))
    rules: dict[str, SigningRule] = {}
    for rule in rows.select_related("via").prefetch_related("ranks", "via__names"):
        rules.setdefault(rule.country_id, rule)
    found = []
    for party in agreement.parties.all():
        known = rules.get(party.institution.country_id or "")
        found.append(Asked(party, known, list(known.ranks.all()) if known else []))
    return found


def gaps(agreement: Agreement) -> list[str]:
    """What an agreement lacks before it goes to legal review."""
    parties = list(agreement.parties.all())
    places = {party.institution.country_id for party in parties}
    asked = (
        (agreement.title, _("Give the agreement a title.")),
        (agreement.purpose, _("Say what the agreement is for.")),
        (agreement.responsibilities, _("Say who is responsible for what.")),
        (len(parties) >= 2 and len(places) >= 2, _("Name parties of at least two countries.")),
        (all(party.commitments for party in parties), _("Write down what each party commits itself to.")),
    )
    return [told for given, told in asked if not given]


def unsigned(agreement: Agreement) -> list[AgreementParty]:
    """The parties that have not signed yet."""
    return [party for party in agreement.parties.all() if party.signed_on is None]


def turn_of(agreement: Agreement, today: date) -> Turn:
    """Who holds the pen now."""
    coordination = _("National coordination of %(country)s") % {
        "country": agreement.institution.country or agreement.institution
    }
    if agreement.state == AgreementState.DRAFT:
        return Turn(str(agreement.institution), _("finish the text and send it to legal review"))
    if agreement.state == AgreementState.REVIEW:
        waiting = ", ".join(party.institution.with_country for party in unsigned(agreement))
        if not waiting:
            return Turn(coordination, _("say that all have signed"))
        return Turn(
            _("national coordinations of the parties"),
            _("record the signatures (still to sign: %(who)s)") % {"who": waiting},
        )
    if agreement.state == AgreementState.SIGNED:
        return Turn(coordination, _("bring the agreement into force"))
    if agreement.state == AgreementState.IN_FORCE:
        return _turn_in_force(agreement, today, coordination)
    if agreement.state == AgreementState.EXPIRED:
        return Turn("", _("The agreement has expired; it can still be renewed."))
    return Turn("", _("The agreement was terminated."))


def _turn_in_force(agreement: Agreement, today: date, coordination: str) -> Turn:
    if agreement.renews:
        return Turn("", _("The agreement is in force and renews by itself."))
    if agreement.valid_to is None or agreement.valid_to > today + WARNED:
        return Turn("", _("The agreement is in force."))
    if agreement.valid_to < today:
        return Turn(coordination, _("renew the agreement: its last day is past, and it is about to expire"))
    return Turn(coordination, _("renew the agreement before its last day, or let it expire"))


def countries_with_rules() -> QuerySet[Country]:
    """The countries whose signing rules are known."""
    rules = ("signing_rules__form", "signing_rules__ranks", "signing_rules__via__names")
    return Country.objects.filter(signing_rules__isnull=False).distinct().prefetch_related(*rules)


def known_of(country: Country) -> dict[str, bool]:
    """`rules`: what a country asks of who signs is known; `agreed`: it has an agreement in force. One query."""
    rules = SigningRule.objects.filter(country=OuterRef("pk"))
    agreed = AgreementParty.objects.filter(
        institution__country=OuterRef("pk"), agreement__state=AgreementState.IN_FORCE
    )
    found = Country.objects.filter(pk=country.pk).values_list(Exists(rules), Exists(agreed)).get()
    return {"rules": bool(found[0]), "agreed": bool(found[1])}


def partners_in_force() -> dict[str, frozenset[str]]:
    """{country: the countries with which it has an agreement in force}; a country that keeps none in force is not there."""
    rows = AgreementParty.objects.filter(agreement__state=AgreementState.IN_FORCE, institution__country__isnull=False)
    members: dict[int, set[str]] = defaultdict(set)
    for agreement, country in rows.values_list("agreement", "institution__country"):
        members[agreement].add(country)
    found: dict[str, set[str]] = defaultdict(set)
    for places in members.values():
        for place in places:
            found[place] |= places - {place}
    return {place: frozenset(others) for place, others in found.items()}
