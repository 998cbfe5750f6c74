"""A crosswalk is edited field by field in a draft: each code of the country's, and what it is to our terms."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ayni.accounts.queries.current import current_user
from ayni.common.access import requires
from ayni.common.errors import Refused
from ayni.common.permissions import IMPORT_RECORDS
from ayni.directory.models import Concept
from ayni.interop.actions.national.profiles import Mapped, map_codes
from ayni.interop.formats.national.profile import CROSSED
from ayni.interop.forms.national import MappingForms
from ayni.interop.models import CrossedField
from ayni.interop.queries.national.crosswalk import codes_to_map
from ayni.interop.views.national.editing import draft_of


@requires(IMPORT_RECORDS)
def crosswalk_edit(request: HttpRequest, code: str, field: str) -> HttpResponse:
    """GET: every code that is mapped or met. POST: keep the mappings."""
    if field not in CROSSED:
        raise Http404(field)
    draft = draft_of(request, code)
    vocabulary = CROSSED[field]  # type: ignore[index]
    terms = [(one.pk, str(one)) for one in Concept.objects.current(vocabulary)]
    codes = codes_to_map(draft, field)
    posted = request.POST if request.method == "POST" else None
    initial = [{"label": one.label, "relation": one.relation, "concept": one.concept} for one in codes]
    forms = MappingForms(posted, initial=initial, form_kwargs={"terms": terms}, prefix="code")
    refused = ""
    if posted is not None and forms.is_valid():
        given: list[dict[str, Any]] = [one.cleaned_data for one in forms if one.cleaned_data.get("relation")]
        mapped = [Mapped(field, one["label"], one["relation"], one["concept"]) for one in given]
        try:
            map_codes(by=current_user(request), profile=draft, field=field, mapped=mapped)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The crosswalk was saved."))
            return redirect("record_crosswalk", code, field)
    names = dict(CrossedField.choices)
    context = {
        "profile": draft,
        "forms": forms,
        "rows": [(form, codes[at] if at < len(codes) else None) for at, form in enumerate(forms)],
        "refused": refused,
        "name": names[field],
        "field": field,
        "fields": [(one, names[one]) for one in CROSSED],
    }
    return render(request, "interop/national/crosswalk.html", context)
