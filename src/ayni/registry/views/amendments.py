"""Amendments and renewals of an agreement: what they change, who signs them, who holds the pen, and the text as it was before."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires, signed_in, take_base
from ayni.common.errors import Conflict
from ayni.common.i18n import text_in
from ayni.common.permissions import KEEP_AGREEMENTS, REVIEW_AGREEMENTS, may
from ayni.common.published import published
from ayni.common.views.steps import asked_step, step_page
from ayni.registry.actions import amendments as actions
from ayni.registry.actions import signatures
from ayni.registry.forms.agreements import SignatureForm
from ayni.registry.forms.amendments import AmendmentForm
from ayni.registry.models import OPEN_AMENDMENTS, Agreement, Amendment, AmendmentState
from ayni.registry.queries import amendments as queries
from ayni.registry.queries.agreements import rule_for
from ayni.registry.queries.amendment_lifecycle import may_take, open_steps, step_of
from ayni.registry.queries.sides import countries_with_coordination, signs_as
from ayni.registry.views.agreement_door import context_of, find, kept, part_page, party_of


@requires(KEEP_AGREEMENTS)
def amendment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft an amendment or a renewal: a copy of the text, to be changed."""
    found = kept(request, pk)
    form = AmendmentForm(posted(request), agreement=found)

    def begin() -> object:
        kind = form.cleaned_data["kind"]
        return actions.begin_amendment(by=current_user(request), agreement=found, kind=kind, facts=form.facts())

    return part_page(request, found, form, _("Amend or renew"), begin)


@published()
def amendment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What it changes field by field, who signed it, how far it is and who holds the pen."""
    found, one = _find(request, pk, number)
    signing = _signing(request, one)
    context = context_of(found) | {
        "amendment": one,
        "turn": queries.amendment_turn(one) if one.state in OPEN_AMENDMENTS else None,
        "steps": list(open_steps(request.user, one)),
        "may_write": may(request.user, KEEP_AGREEMENTS, found) and one.state == AmendmentState.DRAFT,
        "lacking": queries.gaps(one) if one.state == AmendmentState.DRAFT else [],
        "differences": queries.changed_by(one),
        "signed": [
            {"party": row.party, "signature": row.signature, "signs": row.party.pk in signing}
            for row in queries.signed_by(one)
        ],
        "crumbs": _crumbs(found),
    }
    return render(request, "registry/agreements/amendment.html", context)


@requires(KEEP_AGREEMENTS)
def amendment_edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change a draft; of two at once the later is shown what the other has saved."""
    found, one = _find(request, pk, number)
    if not may(request.user, KEEP_AGREEMENTS, found):
        raise PermissionDenied(KEEP_AGREEMENTS)
    form = AmendmentForm(posted(request), agreement=found, amendment=one)
    differing: list[dict[str, Any]] = []

    def change() -> object:
        base = form.cleaned_data["base"] or 0
        try:
            return actions.edit_amendment(by=current_user(request), amendment=one, base=base, facts=form.facts())
        except Conflict:
            stands = _find(request, pk, number)[1]
            other = AmendmentForm(agreement=found, amendment=stands).standing()
            differing.extend(
                {"label": label, "value": value}
                for name, (label, value) in other.items()
                if value != str(form.cleaned_data.get(name) or "")
            )
            take_base(request, form, stands.revision)
            raise

    return part_page(request, found, form, str(one).capitalize(), change, differing=differing)


@requires(REVIEW_AGREEMENTS)
def amendment_sign(request: HttpRequest, pk: int, number: int, code: str) -> HttpResponse:
    """Who signed an amendment for a party; the country's own rule says which ranks may."""
    found, one = _find(request, pk, number)
    party = party_of(found, code)
    if signs_as(request.user, found, party, countries_with_coordination()) is None:
        raise PermissionDenied(REVIEW_AGREEMENTS)
    rule = rule_for(party.institution.country_id, found.form)
    form = SignatureForm(posted(request), ranks=list(rule.ranks.all()) if rule else [])

    def sign() -> object:
        given = form.cleaned_data
        return signatures.record_amendment_signature(
            by=current_user(request),
            amendment=one,
            party=party,
            signatory=given["signatory"],
            rank=form.rank_chosen(),
            signed_on=given["signed_on"],
        )

    return part_page(request, found, form, _("Signature of %(party)s") % {"party": party}, sign)


@signed_in
def amendment_step(request: HttpRequest, pk: int, number: int, step: str) -> HttpResponse:
    """Ask before a step, with its reason where it needs one; then take it."""
    found, one = _find(request, pk, number)
    asked = asked_step(step_of, step, lambda asked: may_take(request.user, one, asked))

    def take(reason: str) -> object:
        return actions.take_amendment_step(by=current_user(request), amendment=one, step=step, reason=reason)

    return step_page(
        request, asked, take, text=f"{str(one).capitalize()}: {found}", back=reverse("amendment", args=[pk, number])
    )


@published()
def agreement_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The text as it was until an amendment took its place."""
    found, one = _find(request, pk, number)
    if not one.former:
        raise Http404
    texts = one.former
    commitments = texts["commitments"]
    context = context_of(found) | {
        "amendment": one,
        "title": text_in(texts["title"]),
        "told": [
            {"term": label, "value": text_in(texts[name])} for name, label in queries.COPIED.items() if name != "title"
        ],
        "parties": [
            {"party": party, "commitments": text_in(commitments.get(party.institution.code, {}))}
            for party in found.parties.all()
        ],
        "crumbs": _crumbs(found),
    }
    return render(request, "registry/agreements/version.html", context)


def _find(request: HttpRequest, pk: int, number: int) -> tuple[Agreement, Amendment]:
    found = find(request, pk)
    rows = queries.with_agreement(queries.amendments_for(request.user, found))
    return found, get_object_or_404(rows, number=number)


def _signing(request: HttpRequest, one: Amendment) -> set[int]:
    """The parties whose signature the person records now."""
    if one.state != AmendmentState.REVIEW or not may(request.user, REVIEW_AGREEMENTS):
        return set()
    coordinated = countries_with_coordination()
    parties = one.agreement.parties.all()
    return {party.pk for party in parties if signs_as(request.user, one.agreement, party, coordinated)}


def _crumbs(found: Agreement) -> list[dict[str, str]]:
    return [
        {"label": _("Agreements"), "url": reverse("agreements")},
        {"label": str(found), "url": reverse("agreement", args=[found.pk])},
    ]
