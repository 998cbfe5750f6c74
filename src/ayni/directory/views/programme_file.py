"""Programmes from a file: the template, the dry run, and the load."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ayni.accounts.queries.current import current_user
from ayni.common.access import posted, requires
from ayni.common.kept import Kept
from ayni.common.permissions import EDIT_PROGRAMMES
from ayni.common.published import published
from ayni.common.views.loading import Brought, Looked, load_page
from ayni.directory.actions.programme_file import load_programmes
from ayni.directory.forms.programmes import ProgrammesUpload
from ayni.directory.queries.programmes.columns import TABLES
from ayni.directory.queries.programmes.explained import explained
from ayni.directory.queries.programmes.export import template_workbook
from ayni.directory.queries.programmes.plan import LoadPlan, plan_load
from ayni.directory.queries.programmes.profiles import profiles

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 400


@require_safe
@published()
def programmes_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the sheets and columns, each explained."""
    response = HttpResponse(template_workbook(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="programmes-template.xlsx"'
    return response


@requires(EDIT_PROGRAMMES)
def programmes_load(request: HttpRequest) -> HttpResponse:
    """GET: choose a file. POST with a file: what it would change. POST with the token of that: load it."""
    by, seen = current_user(request), request.POST.get("seen", "")

    def look(file: Kept) -> Looked:
        plan = plan_load(file.data, by=by, name=file.name)
        return Looked(
            {"plan": plan, "parts": _parts(plan)}, "" if plan.refused or not plan.changes else _purpose(plan.digest)
        )

    def put_in(file: Kept) -> Brought:
        number = len(load_programmes(by=by, data=file.data, name=file.name, seen=seen).changes)
        told = ngettext("%(number)d row was added or changed.", "%(number)d rows were added or changed.", number)
        return Brought(told % {"number": number}, "programmes")

    template, form = "directory/programmes/load.html", ProgrammesUpload(posted(request), request.FILES or None)
    context = {"sheets": explained(TABLES.values()), "profiles": profiles()}
    return load_page(request, template, form=form, look=look, purpose=_purpose(seen), put_in=put_in, context=context)


def _parts(plan: LoadPlan) -> list[dict[str, object]]:
    """For each sheet its counts, and the rows worth looking at: those refused first."""
    parts = []
    for sheet, counts in plan.counts.items():
        told = [line for line in plan.lines[sheet] if line.state != "unchanged"]
        told.sort(key=lambda line: line.state != "refused")
        parts.append({"sheet": sheet, "counts": counts, "lines": told[:MOST_SHOWN], "more": len(told[MOST_SHOWN:])})
    return parts


def _purpose(seen: str) -> str:
    return f"programmes:{seen}"
