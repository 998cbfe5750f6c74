"""The evaluation of pairs of countries (R9): outcomes tied to national targets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires, tried
from ayni.common.permissions import REVIEW_RESULTS, may
from ayni.common.published import published
from ayni.directory.models import Country
from ayni.registry.actions.results.frames import open_pair_frame
from ayni.registry.forms.results import PairForm
from ayni.registry.queries.reach import institutions_kept
from ayni.registry.queries.results.frames import frames_for
from ayni.registry.queries.results.frames import pair_frames as all_pairs
from ayni.registry.views.results.door import home_of
from ayni.registry.views.results.reading import frame_page


@published()
def pair_frames(request: HttpRequest) -> HttpResponse:
    """The pairs of countries that evaluate together."""
    found = list(all_pairs().order_by("first", "second"))
    context = {
        "rows": [{"frame": one, "url": home_of(one)} for one in found],
        "may_open": may(request.user, REVIEW_RESULTS),
        "demo": True,
        "fictional": any(one.fictional for one in found),
    }
    return render(request, "registry/results/pairs.html", context)


@requires(REVIEW_RESULTS)
def pair_frame_new(request: HttpRequest) -> HttpResponse:
    """Begin the frame of a pair."""
    institutions = list(institutions_kept(request.user, REVIEW_RESULTS).filter(country__isnull=False))
    form = PairForm(posted(request), institutions=institutions, countries=list(Country.objects.all()))
    opened = []

    def begin() -> None:
        institution, partner = form.pair()
        opened.append(
            open_pair_frame(
                by=current_user(request), institution=institution, partner=partner, title=form.text("title")
            )
        )

    if request.method == "POST" and form.is_valid() and tried(form, begin):
        return redirect(home_of(opened[0]))
    return render(request, "registry/results/pair_new.html", {"form": form})


@published()
def pair_frame(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """The frame of two countries, whichever is named first."""
    one, other = sorted((first, second))
    frame = get_object_or_404(frames_for(request.user), first=one, second=other)
    return frame_page(request, frame, {})
