"""Joint products: the list, and keeping them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ayni.accounts.queries.current import current_user
from ayni.common.access import attempt, posted, requires, take_base
from ayni.common.errors import Conflict
from ayni.common.i18n import text_in
from ayni.common.permissions import KEEP_INITIATIVES, may
from ayni.common.published import published
from ayni.learning.actions import products as actions
from ayni.learning.forms.lessons import ProductForm
from ayni.learning.models import Product
from ayni.learning.queries.products import products_for
from ayni.learning.views.form_page import form_page
from ayni.registry.views.initiatives.door import find, kept, part_page

PAGE = 20


@published("page")
def products(request: HttpRequest) -> HttpResponse:
    """What the network's institutions made together."""
    page = Paginator(products_for(request.user), PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "page_obj": page,
        "result": ngettext("%(number)d joint product", "%(number)d joint products", count) % {"number": count},
        "demo": True,
        "fictional": any(one.fictional for one in page.object_list),
    }
    return render(request, "learning/products/list.html", context)


@requires(KEEP_INITIATIVES)
def product_add(request: HttpRequest, code: str) -> HttpResponse:
    """Something that the parties of an initiative made together."""
    found = kept(request, code)
    form = ProductForm(posted(request), initiative=found)

    def add() -> object:
        return actions.add_product(by=current_user(request), initiative=found, facts=form.facts())

    return part_page(request, found, form, _("Add a joint product"), add, back="initiative_lessons")


@requires(KEEP_INITIATIVES)
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct it; of two at once the later is shown what the other has saved."""
    product = _kept(request, pk)
    initiative = find(request, product.initiative.code)
    form = ProductForm(posted(request), initiative=initiative, product=product)
    differing: list[dict[str, Any]] = []

    def change() -> object:
        base = form.cleaned_data["base"] or 0
        try:
            return actions.edit_product(by=current_user(request), product=product, base=base, facts=form.facts())
        except Conflict:
            stands = _kept(request, pk)
            differing.extend({"label": one.label, "value": text_in(getattr(stands, one.stem))} for one in form.texts)
            take_base(request, form, stands.revision)
            raise

    back = reverse("initiative_lessons", args=[initiative.code])
    return form_page(request, form, product, change, eyebrow=initiative, back_url=back, differing=differing)


@requires(KEEP_INITIATIVES)
@require_POST
def product_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out."""
    product = _kept(request, pk)
    attempt(request, lambda: actions.remove_product(by=current_user(request), product=product), _("Removed."))
    return redirect("initiative_lessons", product.initiative.code)


def _kept(request: HttpRequest, pk: int) -> Product:
    product = get_object_or_404(products_for(request.user), pk=pk)
    if not may(request.user, KEEP_INITIATIVES, product):
        raise PermissionDenied(KEEP_INITIATIVES)
    return product
