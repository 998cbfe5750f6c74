"""A new profile begins with the least that it has to tell."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ayni.accounts.queries.current import current_user
from ayni.common.access import requires, tried
from ayni.common.i18n import language
from ayni.common.permissions import IMPORT_RECORDS, may
from ayni.directory.models import Country
from ayni.interop.actions.national.profiles import create_profile
from ayni.interop.formats.national.profile import Common, NationalProfile, Reporter, Source
from ayni.interop.forms.national import NewProfileForm
from ayni.interop.models import RecordProfile


@requires(IMPORT_RECORDS)
def profile_new(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: the profile as a draft."""
    user = current_user(request)
    countries = _countries(user)
    form = NewProfileForm(
        request.POST or None, countries=countries, needed=not may(user, IMPORT_RECORDS, RecordProfile())
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        title = {language(): given["title"]}
        if tried(form, lambda: create_profile(by=user, code=given["code"], title=title, declared=_declared(given))):
            return redirect("record_profile_edit", given["code"])
    return render(request, "interop/national/new.html", {"form": form})


def _countries(user: Any) -> QuerySet[Country]:
    """Those for whose profiles the person may answer."""
    return Country.objects.filter(pk__in=[one.pk for one in Country.objects.all() if may(user, IMPORT_RECORDS, one)])


def _declared(given: dict[str, Any]) -> NationalProfile:
    country: Country | None = given["country"]
    spoken: Any = language()
    return NationalProfile(
        reporter=Reporter(ref=given["ref"], name={spoken: given["reporter"]}),
        country=country.pk if country else "",
        language=spoken,
        sources=(
            Source(field=Common.IDENTIFIER, column=given["identifier"]),
            Source(field=Common.TITLE, column=given["named"]),
        ),
    )
