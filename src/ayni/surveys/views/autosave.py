"""One question saved by itself, for the page's script; what it sends is what the form would send."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ayni.common.errors import Refused
from ayni.surveys.actions.answers import Edit, Outcome, Saved, save_answers
from ayni.surveys.actions.responses import begin_response
from ayni.surveys.forms.answer_raw import number_of, raw_answer
from ayni.surveys.models import Response
from ayni.surveys.queries.questions import asked_questions
from ayni.surveys.queries.responses import asked_now, find_response, read_response
from ayni.surveys.views.conflicts import conflicts_of
from ayni.surveys.views.response_access import section_url


@never_cache
@require_POST
def autosave(request: HttpRequest, round: str, institution: str) -> JsonResponse:
    """Save the question `question` of a form.

    Answers JSON: {outcome, revision, at, asked (codes), message, conflict (HTML)}; 401 who is not signed in, 403 who may not, 409 what
    cannot be changed now.
    """
    if not request.user.is_authenticated:
        return _refused(
            401, _("Your session has ended. Sign in, in another tab if you like: what you wrote stays here.")
        )
    response = find_response(round, institution)
    if response is None:
        return _refused(404, _("There is no such questionnaire any more."))
    try:
        if response.pk is None:
            response = begin_response(by=request.user, round=response.round, institution=response.institution)
        saved = _save(request, response)
    except PermissionDenied:
        return _refused(403, _("You may not answer for this institution. What you wrote stays on this page."))
    except Refused as refusal:
        return _refused(409, str(refusal))
    return JsonResponse(_told(request, response, saved))


def _save(request: HttpRequest, response: Response) -> Saved:
    data = request.POST
    code = data.get("question", "")[:64]
    base, sequence = number_of(data, f"{code}.base"), number_of(data, "sequence")
    client = data.get("client", "")[:40]
    if base is None or sequence is None or not client:
        raise Refused(_("The page is too old to save by itself. Use the button Save."))
    question = asked_questions(response.round.version, response.institution, only={code}).get(code)
    if question is None:
        raise Refused(_("The questionnaire has no such question."))
    standing = response.answers.filter(question__code=code).values_list("value", flat=True).first()
    edit = Edit(
        question=code,
        raw=raw_answer(question, data, standing),
        base=base,
        client=client,
        sequence=sequence,
        settles=number_of(data, f"{code}.settles"),
    )
    return save_answers(by=request.user, response=response, edits=[edit])[0]


def _told(request: HttpRequest, response: Response, saved: Saved) -> dict[str, Any]:
    told: dict[str, Any] = {
        "outcome": saved.outcome.value,
        "revision": saved.revision,
        "message": saved.message,
        "state": render_to_string("components/save_state.html", {"state": "saved", "saved_at": timezone.now()}),
    }
    if saved.outcome is Outcome.CONFLICT:
        told["conflict"] = _conflict(request, response, saved.question)
    elif saved.outcome is not Outcome.REFUSED:
        told["asked"] = sorted(asked_now(response))
    return told


def _conflict(request: HttpRequest, response: Response, code: str) -> str:
    item = next(item for item in read_response(response).items() if item.code == code)
    url = section_url(response, item.question.row.section.code)
    return render_to_string(
        "surveys/answers/conflicts.html",
        {"conflicts": conflicts_of(request, item), "edit_url": f"{url}?question={code}#q-{code}"},
        request=request,
    )


def _refused(status: int, message: str) -> JsonResponse:
    return JsonResponse({"outcome": "refused", "message": message, "login": reverse("account_login")}, status=status)
