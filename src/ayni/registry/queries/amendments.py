"""Amendments as pages show them: who sees which, what they change field by field, who holds the pen, how the text was before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayni.common.i18n import LANGUAGES
from ayni.common.lifecycle import Turn
from ayni.common.permissions import KEEP_AGREEMENTS, READ_DRAFTS, REVIEW_AGREEMENTS, may
from ayni.registry.models import (
    OPEN_AMENDMENTS,
    Agreement,
    AgreementParty,
    Amendment,
    AmendmentKind,
    AmendmentSignature,
    AmendmentState,
)
from ayni.registry.queries.reach import own

# What an amendment may change of the text, beside what each party commits itself to.
COPIED: Mapping[str, Promise] = {
    "title": gettext_lazy("Title"),
    "purpose": gettext_lazy("Purpose"),
    "roles": gettext_lazy("Roles of the parties"),
    "responsibilities": gettext_lazy("Responsibilities"),
    "limits": gettext_lazy("Limits of the agreement"),
}
Texts = Mapping[str, Any]


@dataclass(frozen=True)
class FieldDifference:
    """A text in one language, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class PartySignature:
    """A party, and its signature under an amendment (None: not yet)."""

    party: AgreementParty
    signature: AmendmentSignature | None


def copy_of(agreement: Agreement) -> dict[str, Any]:
    """What an agreement says now, as an amendment copies it."""
    found: dict[str, Any] = {name: dict(getattr(agreement, name)) for name in COPIED}
    found["commitments"] = {party.institution.code: dict(party.commitments) for party in agreement.parties.all()}
    return found


def differences(before: Texts, after: Texts, parties: Iterable[AgreementParty]) -> list[FieldDifference]:
    """Every text that differs, in each language in which it does."""
    pairs = [(str(label), before.get(name, {}), after.get(name, {})) for name, label in COPIED.items()]
    for party in parties:
        label, code = _("Commitments of %(party)s") % {"party": party.institution.with_country}, party.institution.code
        pairs.append((label, before.get("commitments", {}).get(code, {}), after.get("commitments", {}).get(code, {})))
    languages = dict(settings.LANGUAGES)
    return [
        FieldDifference(
            _("%(text)s (%(language)s)") % {"text": label, "language": languages[code]},
            stood.get(code, ""),
            new.get(code, ""),
        )
        for label, stood, new in pairs
        for code in LANGUAGES
        if stood.get(code, "") != new.get(code, "")
    ]


def changed_by(amendment: Amendment) -> list[FieldDifference]:
    """What an amendment changes, or has changed."""
    agreement = amendment.agreement
    before = amendment.former if amendment.state == AmendmentState.IN_EFFECT else copy_of(agreement)
    # One that was recorded before there were copies says in words alone what it changed.
    return differences(before, amendment.texts, agreement.parties.all()) if amendment.texts else []


def amendments_for(user: Any, agreement: Agreement) -> QuerySet[Amendment]:
    """Those in effect for everybody who sees the agreement; the others for its parties and for those who read drafts."""
    rows = agreement.amendments.all()
    if may(user, READ_DRAFTS) or party_to(user, agreement):
        return rows
    return rows.filter(state=AmendmentState.IN_EFFECT)


def party_to(user: Any, agreement: Agreement) -> bool:
    """Whether `user` keeps or reviews agreements for one of its parties."""
    return any(
        may(user, permission, party.institution)
        for permission in (KEEP_AGREEMENTS, REVIEW_AGREEMENTS)
        for party in agreement.parties.all()
    )


def signed_by(amendment: Amendment) -> list[PartySignature]:
    """Each party with its signature."""
    given = {one.party_id: one for one in amendment.signatures.select_related("rank")}
    return [PartySignature(party, given.get(party.pk)) for party in amendment.agreement.parties.all()]


def gaps(amendment: Amendment) -> list[str]:
    """What an amendment lacks before it goes to legal review."""
    texts, renewal = amendment.texts, amendment.kind == AmendmentKind.RENEWAL
    commitments = texts.get("commitments", {})
    asked = (
        (amendment.changes, _("Write down what was agreed.")),
        (amendment.agreed_on, _("Say from which day it is in effect.")),
        (renewal or changed_by(amendment), _("Nothing of the text is changed yet.")),
        (texts.get("title"), _("Give the agreement a title.")),
        (texts.get("purpose"), _("Say what the agreement is for.")),
        (texts.get("responsibilities"), _("Say who is responsible for what.")),
        (
            all(commitments.get(party.institution.code) for party in amendment.agreement.parties.all()),
            _("Write down what each party commits itself to."),
        ),
    )
    return [told for given, told in asked if not given]


def amendment_turn(amendment: Amendment) -> Turn:
    """Who holds the pen of an amendment that is on its way."""
    agreement = amendment.agreement
    coordination = _("National coordination of %(country)s") % {
        "country": agreement.institution.country or agreement.institution
    }
    names = {"amendment": amendment}
    if amendment.state == AmendmentState.DRAFT:
        return Turn(str(agreement.institution), _("finish %(amendment)s and send it to legal review") % names)
    if amendment.state == AmendmentState.SIGNED:
        return Turn(coordination, _("put %(amendment)s in the place of the text, on its day") % names)
    waiting = ", ".join(one.party.institution.with_country for one in signed_by(amendment) if one.signature is None)
    if not waiting:
        return Turn(coordination, _("say that all have signed %(amendment)s") % names)
    return Turn(
        _("national coordinations of the parties"),
        _("record the signatures of %(amendment)s (still to sign: %(who)s)") % {**names, "who": waiting},
    )


def waiting_amendments(user: Any) -> QuerySet[Amendment]:
    """Those on their way that `user` can carry on: drafts to finish, signatures to record, texts to put in their place."""
    keeps = own(user, "agreement__institution", KEEP_AGREEMENTS)
    reviews = own(user, "agreement__institution", REVIEW_AGREEMENTS)
    signs = own(user, "agreement__parties__institution", REVIEW_AGREEMENTS)
    waiting = (
        keeps & Q(state=AmendmentState.DRAFT)
        | reviews & Q(state__in=[AmendmentState.REVIEW, AmendmentState.SIGNED])
        | signs & Q(state=AmendmentState.REVIEW) & ~Q(signatures__party__in=_own_parties(user))
    )
    return with_agreement(Amendment.objects.filter(waiting, state__in=OPEN_AMENDMENTS).distinct())


def with_agreement(rows: QuerySet[Amendment]) -> QuerySet[Amendment]:
    """With what pages and the desk show."""
    return rows.select_related("agreement__institution__country", "agreement__form").prefetch_related(
        "agreement__institution__names",
        "agreement__parties__institution__names",
        "agreement__parties__institution__country",
    )


def _own_parties(user: Any) -> QuerySet[Any, Any]:
    return AgreementParty.objects.filter(own(user, "institution", REVIEW_AGREEMENTS)).values("pk")
