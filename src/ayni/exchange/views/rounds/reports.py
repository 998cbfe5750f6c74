"""The form that one side fills after a meeting."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ayni.common.access import posted, signed_in
from ayni.exchange.actions.rounds.reports import save_report
from ayni.exchange.forms.rounds.results import ReportForm
from ayni.exchange.models import MeetingReport, RoundState
from ayni.exchange.views.rounds.frame import back, delegation_of, done, form_page, reader
from ayni.exchange.views.rounds.meetings import meeting_of


@signed_in
def report(request: HttpRequest, code: str, number: int, delegation: str) -> HttpResponse:
    """Filled and changed while the forms are open."""
    who = reader(request, code)
    one = delegation_of(who, delegation)
    meeting = meeting_of(who, number)
    if one.pk not in (meeting.one_id, meeting.other_id):
        raise Http404
    if not (who.runs or who.acts_for(one)):
        raise PermissionDenied
    if who.round.state != RoundState.RUNNING:
        raise Http404
    standing = MeetingReport.objects.filter(meeting=meeting, delegation=one).select_related("modality", "topic").first()
    form = ReportForm(posted(request), report=standing)
    if request.method == "POST" and done(
        request,
        form,
        lambda: save_report(by=request.user, meeting=meeting, delegation=one, told=form.told()),
        _("The form is saved. You can change it until the forms are closed."),
    ):
        return back(who, "round_meeting", number)
    return form_page(
        request,
        who,
        form,
        title=_("Form of %(name)s") % {"name": one},
        eyebrow=_("Meeting %(number)d: %(name)s") % {"number": meeting.number, "name": meeting},
        lede=_("Each side fills its own. Where both see something to do, it goes to the committee."),
        submit=_("Save"),
        cancel_url=reverse("round_meeting", args=[code, number]),
    )
