"""Agreements: the list, one with its parties and signatures, and keeping them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, signed_in, take_base
from ayni.common.documents import served
from ayni.common.errors import Conflict, Refused
from ayni.common.i18n import text_in
from ayni.common.permissions import KEEP_AGREEMENTS, REVIEW_AGREEMENTS, may
from ayni.common.published import published
from ayni.common.views.sheets import list_files
from ayni.common.views.steps import asked_step, step_page
from ayni.directory.models import Country
from ayni.registry.actions import agreement_documents as documents
from ayni.registry.actions import agreements as actions
from ayni.registry.actions import signatures
from ayni.registry.forms.agreements import (
    TEXTS,
    AgreementFilter,
    AgreementForm,
    DocumentForm,
    PartyForm,
    SignatureForm,
)
from ayni.registry.models import OPEN_AMENDMENTS, Agreement, AgreementDocument, AgreementState
from ayni.registry.queries import agreements as queries
from ayni.registry.queries.amendments import amendment_turn, amendments_for, with_agreement
from ayni.registry.queries.lifecycle import AMENDABLE, WRITABLE, may_take, open_steps, step_of
from ayni.registry.queries.reach import institutions_kept
from ayni.registry.queries.sides import countries_with_coordination, signs_as
from ayni.registry.views.agreement_door import context_of, find, kept, part_page, party_of
from ayni.registry.views.sheets.lists import AGREEMENTS

PAGE = 20


@published("country", "form", "state", "ending", "page")
def agreements(request: HttpRequest) -> HttpResponse:
    """The agreements that the reader may see."""
    rows = queries.agreements_for(request.user)
    places = Country.objects.filter(pk__in=rows.order_by().values("parties__institution__country"))
    form = AgreementFilter(request.GET, countries=list(places))
    asked = form.asked()
    found = queries.filtered(rows, today=timezone.localdate(), **asked)
    page = Paginator(queries.with_all(found).order_by("-id"), PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "filter": form,
        "filtering": bool(asked),
        "page_obj": page,
        "result": ngettext("%(number)d agreement", "%(number)d agreements", count) % {"number": count},
        "may_keep": may(request.user, KEEP_AGREEMENTS),
        "files": list_files(request, AGREEMENTS),
        "demo": True,
        "fictional": any(one.fictional for one in page.object_list),
    }
    return render(request, "registry/agreements/list.html", context)


@published()
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed, between whom, who signed, until when, and who holds the pen."""
    found = find(request, pk)
    asked = queries.asked_of(found)
    fields = AgreementForm.texts
    signing = _signing(request, found)
    amendments = list(with_agreement(amendments_for(request.user, found)))
    on_its_way = next((one for one in amendments if one.state in OPEN_AMENDMENTS), None)
    context = context_of(found) | {
        "asked": [
            {"party": one.party, "rule": one.rule, "ranks": one.ranks, "signs": one.party.pk in signing}
            for one in asked
        ],
        "told": [
            {"term": one.label, "value": text_in(getattr(found, one.stem))} for one in fields if one.stem != "title"
        ],
        "turn": amendment_turn(on_its_way) if on_its_way else queries.turn_of(found, timezone.localdate()),
        "steps": list(open_steps(request.user, found)),
        "may_write": may(request.user, KEEP_AGREEMENTS, found) and found.state in WRITABLE,
        "may_keep": may(request.user, KEEP_AGREEMENTS, found),
        "may_amend": may(request.user, KEEP_AGREEMENTS, found) and found.state in AMENDABLE and on_its_way is None,
        "lacking": queries.gaps(found) if found.state in WRITABLE else [],
        "amendments": amendments,
        "on_its_way": on_its_way,
        "documents": list(found.documents.all()),
        "below": list(queries.agreements_for(request.user).filter(parent=found)),
    }
    return render(request, "registry/agreements/agreement.html", context)


@requires(KEEP_AGREEMENTS)
def agreement_new(request: HttpRequest) -> HttpResponse:
    """Begin the record of an agreement."""
    form = AgreementForm(
        posted(request), institutions=list(institutions_kept(request.user, KEEP_AGREEMENTS)), above=_above(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            begun = actions.begin_agreement(by=current_user(request), institution=form.keeper(), facts=form.facts())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("agreement", begun.pk)
    return render(request, "registry/agreements/new.html", {"form": form})


@requires(KEEP_AGREEMENTS)
def agreement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft; of two at once the later is shown what the other has saved."""
    found = kept(request, pk)
    form = AgreementForm(posted(request), institutions=[], above=_above(request, found), agreement=found)
    differing: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        base = form.cleaned_data["base"] or 0
        try:
            actions.edit_agreement(by=current_user(request), agreement=found, base=base, facts=form.facts())
        except Conflict as conflict:
            found = find(request, pk)
            facts = form.facts()
            differing = [
                {"label": one.label, "value": text_in(getattr(found, one.stem))}
                for one in form.texts
                if getattr(found, one.stem) != getattr(facts, one.stem)
            ]
            take_base(request, form, found.revision)
            form.add_error(None, str(conflict))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("agreement", pk)
    context = context_of(found) | {"form": form, "differing": differing, "title": found, "texts": TEXTS}
    return render(request, "registry/agreements/part.html", context)


@requires(KEEP_AGREEMENTS)
def party_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another party."""
    found, form = kept(request, pk), PartyForm(posted(request))

    def add() -> object:
        return actions.add_party(
            by=current_user(request), agreement=found, institution=form.chosen(), commitments=form.text("commitments")
        )

    return part_page(request, found, form, _("Add a party"), add)


@requires(KEEP_AGREEMENTS)
def party_edit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What a party commits itself to."""
    found = kept(request, pk)
    party = party_of(found, code)
    form = PartyForm(posted(request), party=party)
    differing: list[dict[str, Any]] = []

    def change() -> object:
        base, text = form.cleaned_data["base"] or 0, form.text("commitments")
        try:
            return actions.edit_party(by=current_user(request), party=party, base=base, commitments=text)
        except Conflict:
            stands = party_of(found, code)
            differing.append({"label": _("Commitments"), "value": text_in(stands.commitments)})
            take_base(request, form, stands.revision)
            raise

    return part_page(
        request, found, form, _("Commitments of %(party)s") % {"party": party}, change, differing=differing
    )


@requires(KEEP_AGREEMENTS)
@require_POST
def party_remove(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Take a party out."""
    party = party_of(kept(request, pk), code)
    attempt(request, lambda: actions.remove_party(by=current_user(request), party=party), _("Removed."))
    return redirect("agreement", pk)


@requires(REVIEW_AGREEMENTS)
def party_sign(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Who signed for a party; the country's own rule says which ranks may."""
    found = find(request, pk)
    party = party_of(found, code)
    if signs_as(request.user, found, party, countries_with_coordination()) is None:
        raise PermissionDenied(REVIEW_AGREEMENTS)
    rule = queries.rule_for(party.institution.country_id, found.form)
    form = SignatureForm(posted(request), ranks=list(rule.ranks.all()) if rule else [])

    def sign() -> object:
        given = form.cleaned_data
        return signatures.record_signature(
            by=current_user(request),
            party=party,
            signatory=given["signatory"],
            rank=form.rank_chosen(),
            signed_on=given["signed_on"],
        )

    return part_page(request, found, form, _("Signature of %(party)s") % {"party": party}, sign)


@requires(KEEP_AGREEMENTS)
def document_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A file to keep, or where the text or an annex can be read."""
    found, form = kept(request, pk), DocumentForm(posted(request), request.FILES or None)

    def add() -> object:
        given, by = form.cleaned_data, current_user(request)
        if given["file"]:
            return documents.add_file(by=by, agreement=found, title=given["title"], upload=given["file"])
        return documents.add_document(by=by, agreement=found, title=given["title"], url=given["url"])

    return part_page(request, found, form, _("Add a document"), add)


@require_safe
def document_file(request: HttpRequest, pk: int, document: int) -> HttpResponseBase:
    """A document that is kept here, for those who see the agreement."""
    row = get_object_or_404(AgreementDocument, pk=document, agreement=find(request, pk))
    return served(row.file, name=row.name, content_type=row.content_type)


@requires(KEEP_AGREEMENTS)
@require_POST
def document_remove(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Take a document away."""
    row = get_object_or_404(AgreementDocument, pk=document, agreement=kept(request, pk))
    attempt(request, lambda: documents.remove_document(by=current_user(request), document=row), _("Removed."))
    return redirect("agreement", pk)


@signed_in
def agreement_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Ask before a step, with its reason where it needs one; then take it."""
    found = find(request, pk)
    asked = asked_step(step_of, step, lambda asked: may_take(request.user, found, asked))

    def take(reason: str) -> object:
        return actions.take_step(by=current_user(request), agreement=found, step=step, reason=reason)

    return step_page(request, asked, take, text=str(found), back=reverse("agreement", args=[pk]))


def _above(request: HttpRequest, found: Agreement | None = None) -> list[Agreement]:
    """What an agreement can stand under: those that the person may see, in force, and the one that it stands under already."""
    rows = queries.agreements_for(request.user).filter(state=AgreementState.IN_FORCE)
    standing = [found.parent] if found is not None and found.parent is not None else []
    return list(dict.fromkeys([*standing, *rows]))


def _signing(request: HttpRequest, found: Agreement) -> set[int]:
    """The parties whose signature the person records now."""
    if found.state != AgreementState.REVIEW or not may(request.user, REVIEW_AGREEMENTS):
        return set()
    coordinated = countries_with_coordination()
    return {one.pk for one in found.parties.all() if signs_as(request.user, found, one, coordinated)}
