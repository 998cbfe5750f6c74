"""What the pages of offers and demands have in common: lists, a draft begun, written and saved by itself, steps."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.accounts.queries.current import current_user
from ayni.common.access import take_base
from ayni.common.errors import Conflict, Refused
from ayni.common.i18n import language, text_in
from ayni.common.permissions import WRITE_EXCHANGE, may
from ayni.common.views.steps import asked_step, step_page
from ayni.directory.models import SPOKEN, Component, Country
from ayni.exchange.actions.steps import take_step
from ayni.exchange.actions.writing import WRITABLE, begin_demand, begin_offer, save_draft
from ayni.exchange.forms.filters import SupplyFilter
from ayni.exchange.forms.writing import BeginForm, DemandForm, OfferForm, WrittenForm
from ayni.exchange.models import Demand, DemandState, Match, Offer, OfferState
from ayni.exchange.queries.lifecycle import Step, has_own_page, may_take, open_steps, step_of
from ayni.exchange.queries.lists import filtered, in_order, with_all
from ayni.exchange.queries.missions import open_missions
from ayni.exchange.queries.visible import demands_for, institutions_of, offers_for, sees_all
from ayni.exchange.queries.written import TEXTS, differences, draft_of

PAGE = 20


@dataclass(frozen=True)
class Kind:
    """The one or the other: its model, its form, its addresses."""

    model: type[Offer] | type[Demand]
    form: type[WrittenForm]
    name: str

    def rows(self, user: Any) -> Any:
        """Those that the person may see."""
        return offers_for(user) if self.model is Offer else demands_for(user)


OFFER = Kind(Offer, OfferForm, "offer")
DEMAND = Kind(Demand, DemandForm, "demand")
KINDS = {kind.name: kind for kind in (OFFER, DEMAND)}


def list_page(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Those that the reader may see, with filters that the address holds."""
    rows = kind.rows(request.user)
    places = list(Country.objects.filter(pk__in=rows.order_by().values("institution__country")))
    more = sees_all(request.user) or may(request.user, WRITE_EXCHANGE)
    states = OfferState.choices if kind is OFFER else DemandState.choices
    form = SupplyFilter(request.GET, countries=places, states=list(states) if more else [])
    asked = form.asked()
    found = filtered(rows, **asked)
    page = Paginator(in_order(with_all(found), asked.get("text", "")), PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    told = (
        ngettext("%(number)d offer", "%(number)d offers", count)
        if kind is OFFER
        else ngettext("%(number)d demand", "%(number)d demands", count)
    )
    context = {
        "kind": kind.name,
        "filter": form,
        "filtering": bool(asked),
        "page_obj": page,
        "result": told % {"number": count},
        "may_write": may(request.user, WRITE_EXCHANGE),
        "crumbs": [{"label": _("Exchange"), "url": reverse("exchange")}],
        "fictional": any(one.fictional for one in page.object_list),
        "demo": True,
    }
    return render(request, "exchange/written/list.html", context)


def find(request: HttpRequest, kind: Kind, pk: int) -> Any:
    """The one of this number, if the reader may see it. Raises Http404."""
    return get_object_or_404(with_all(kind.rows(request.user)), pk=pk)


def page_context(request: HttpRequest, kind: Kind, thing: Offer | Demand) -> dict[str, Any]:
    """What both pages show."""
    return {
        "kind": kind.name,
        "thing": thing,
        "told": told(kind, thing),
        "spoken": [str(SPOKEN[code]) for code in thing.languages.split()],
        "steps": list(open_steps(request.user, thing)),
        "may_write": may(request.user, WRITE_EXCHANGE, thing) and thing.state in WRITABLE[kind.model],
        "demo": thing.fictional,
        "fictional": thing.fictional,
        "crumbs": [
            {"label": _("Exchange"), "url": reverse("exchange")},
            {"label": _("Offers") if kind is OFFER else _("Demands"), "url": reverse(f"{kind.name}s")},
        ],
    }


def told(kind: Kind, thing: Offer | Demand) -> list[dict[str, str]]:
    """Its long texts with their labels, in the reader's language as far as they are there."""
    fields = kind.form.base_fields
    names = [name for name in TEXTS[kind.model] if name != "title"]
    return [{"term": str(fields[name].label), "value": text_in(getattr(thing, name))} for name in names]


def begin(request: HttpRequest, kind: Kind) -> HttpResponse:
    """A new draft: an institution and a title."""
    institutions = list(institutions_of(request.user))
    component = _component(request)
    title = str(component) if component else ""
    asked: dict[str, Any] = {"title": title, "component": component.pk if component else None}
    if len(institutions) == 1:
        asked["institution"] = str(institutions[0].pk)
    form = BeginForm(request.POST or None, institutions=institutions, initial=asked)
    if request.method == "POST" and form.is_valid():
        act = begin_offer if kind is OFFER else begin_demand
        try:
            begun = act(by=current_user(request), institution=form.chosen(), title=form.texts(), component=component)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{kind.name}_edit", begun.pk)
    context = {"kind": kind.name, "form": form, "component": component, "institutions": institutions}
    return render(request, "exchange/written/new.html", context)


def _component(request: HttpRequest) -> Component | None:
    given = request.POST.get("component") or request.GET.get("component") or ""
    return Component.objects.select_related("programme").filter(pk=given).first() if given.isdigit() else None


def edit(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Write a draft; each change is saved by itself where scripts run, and by the button everywhere."""
    thing = _writable(request, kind, pk)
    form = kind.form(request.POST or None, thing=thing)
    differing: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        draft, base = form.draft(), form.cleaned_data["base"]
        try:
            save_draft(by=current_user(request), thing=thing, base=base, draft=draft)
        except Conflict as conflict:
            thing = find(request, kind, pk)
            differing = _differing(form, thing)
            # Saving again is upon what stands now.
            take_base(request, form, thing.revision)
            form.add_error(None, str(conflict))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(kind.name if "done" in request.POST else f"{kind.name}_edit", pk)
    context = page_context(request, kind, thing) | {"form": form, "differing": differing}
    return render(request, "exchange/written/edit.html", context)


def autosave(request: HttpRequest, kind: Kind, pk: int) -> JsonResponse:
    """Save the whole form. Answers JSON {revision, state (HTML)}, or {message} with 400, 401, 403, 404, 409."""
    if not request.user.is_authenticated:
        text = _("Your session has ended. Sign in, in another tab if you like: what you wrote stays here.")
        return JsonResponse({"message": text}, status=401)
    try:
        thing = _writable(request, kind, pk)
        form = kind.form(request.POST, thing=thing)
        if not form.is_valid():
            told = "; ".join(
                f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items() if name in form.fields
            )
            return JsonResponse({"message": told}, status=400)
        saved = save_draft(by=current_user(request), thing=thing, base=form.cleaned_data["base"], draft=form.draft())
    except Http404:
        return JsonResponse({"message": _("This is not there any more.")}, status=404)
    except PermissionDenied:
        return JsonResponse({"message": _("You may not change this. What you wrote stays on this page.")}, status=403)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=409)
    state = render_to_string("components/save_state.html", {"state": "saved", "saved_at": timezone.now()})
    return JsonResponse({"revision": saved.revision, "state": state})


def step_of_thing(request: HttpRequest, thing: Offer | Demand | Match, name: str, code: str) -> HttpResponse:
    """The page of one of its steps that has no page of its own."""

    def plain(code: str) -> Step:
        step = step_of(thing, code)
        if has_own_page(thing, step):
            raise KeyError(code)
        return step

    def take(reason: str) -> object:
        return take_step(by=current_user(request), thing=thing, step=code, reason=reason)

    step = asked_step(plain, code, lambda step: may_take(request.user, thing, step))
    told, back = consequences(thing, step), reverse(name, args=[thing.pk])
    return step_page(request, step, take, text=str(thing), back=back, consequences=told)


def consequences(thing: Offer | Demand | Match, step: Step) -> list[str]:
    """What the step brings about, beside the new state."""
    told = {
        "publish": [_("Everybody can read the offer, and matches are suggested from it.")],
        "endorse": [_("The demand goes to the secretariat, which screens it together with the institution.")],
        "submit": [_("The national coordination reads the demand and endorses it or sends it back.")],
        "revise": [_("It is not public meanwhile, and has to be approved and published again.")],
        "withdraw": [_("Its matches end, and the other sides are told with the reason.")],
        "reject": [_("The match ends, and the other side is told with the reason.")],
        "convert": [_("The demand becomes an initiative; its other matches end.")],
        "accept-demand": [_("Once both sides have accepted, you negotiate.")],
        "accept-offer": [_("Once both sides have accepted, you negotiate.")],
    }.get(step.code, [])
    if step.code in ("pause", "archive", "revise") and isinstance(thing, Offer):
        told = [*told, _("Matches that are not concluded end, and the other sides are told.")]
    if step.code in ("pause", "archive", "revise", "withdraw") and not isinstance(thing, Match):
        names = ", ".join(f"“{mission.demand}”" for mission in open_missions(thing))
        told = (
            [*told, _("These missions end too, also where they are agreed: %(missions)s.") % {"missions": names}]
            if names
            else told
        )
    return told


def _writable(request: HttpRequest, kind: Kind, pk: int) -> Any:
    thing = find(request, kind, pk)
    if not may(request.user, WRITE_EXCHANGE, thing):
        raise PermissionDenied(WRITE_EXCHANGE)
    return thing


def _differing(form: WrittenForm, thing: Offer | Demand) -> list[dict[str, Any]]:
    """The fields in which what was written and what stands differ, with what stands."""
    standing = draft_of(thing, language())
    shown = type(form)(thing=thing)
    found = []
    for name in differences(standing, form.draft()):
        value: Any = standing.texts.get(name, standing.plain.get(name))
        if name in standing.sets:
            value = ", ".join(str(one) for one in getattr(thing, name).all())
        elif name == "component":
            value = thing.component
        elif name == "needs" and isinstance(thing, Demand):
            value = ", ".join(str(need) for need in thing.needs.all())
        label = shown[name].label if name in shown.fields else _("Expert-days")
        found.append({"label": label, "value": "" if value is None else value})
    return found
