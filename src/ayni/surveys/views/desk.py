"""My desk: everything that waits for the person, and what the person may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ayni.accounts.queries.current import current_user
from ayni.common.access import signed_in
from ayni.common.desk import tasks_of, ways_of
from ayni.directory.models import Membership


@require_safe
@signed_in
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for the person, the most pressing first; below, the person's roles."""
    user = current_user(request)
    roles = Membership.objects.in_force().filter(user=user).select_related("country", "institution")
    roles = roles.prefetch_related("institution__names")
    context = {"tasks": tasks_of(user), "roles": roles, "ways": ways_of(user)}
    return render(request, "surveys/desk.html", context)
