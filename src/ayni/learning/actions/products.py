"""Keeping what the parties of an initiative made together (R8)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Conflict, Refused
from ayni.common.permissions import KEEP_INITIATIVES, require
from ayni.directory.models import Institution
from ayni.learning.actions.lessons import TEACHING
from ayni.learning.models import Product
from ayni.registry.actions.initiatives.holding import is_public, locked, refuse_merged
from ayni.registry.models import Initiative


@dataclass(frozen=True)
class ProductFacts:
    """What was made, by which institutions together (two or more), when, where it is and under which licence."""

    title: dict[str, str]
    description: dict[str, str]
    made_on: date
    institutions: tuple[Institution, ...]
    url: str = ""
    licence: str = ""


@transaction.atomic
def add_product(*, by: Any, initiative: Initiative, facts: ProductFacts) -> Product:
    """Something new. Raises Refused before the initiative has begun, and unless two of its institutions made it."""
    initiative = locked(initiative)
    require(by, KEEP_INITIATIVES, initiative)
    refuse_merged(initiative)
    if initiative.state not in TEACHING:
        raise Refused(
            _("The initiative is “%(state)s”: joint products are recorded once it has begun.")
            % {"state": initiative.get_state_display()}
        )
    _check(initiative, facts)
    product = Product(initiative=initiative)
    _write(product, facts)
    record(by=by, verb="product added", on=product, after=told(product), public=is_public(initiative))
    return product


@transaction.atomic
def edit_product(*, by: Any, product: Product, base: int, facts: ProductFacts) -> Product:
    """Correct it. Raises Conflict when somebody else has changed it since revision `base`, Refused as above."""
    product = _held(by, product)
    if base != product.revision:
        raise Conflict(
            _("Somebody else has changed this product meanwhile. Compare it with what stands, then save again.")
        )
    _check(product.initiative, facts)
    before = told(product)
    product.revision += 1
    _write(product, facts)
    shown = is_public(product.initiative)
    record(by=by, verb="product changed", on=product, before=before, after=told(product), public=shown)
    return product


@transaction.atomic
def remove_product(*, by: Any, product: Product) -> None:
    """Take it out; the record of changes keeps it."""
    product = _held(by, product)
    shown = is_public(product.initiative)
    record(by=by, verb="product removed", on=product, before=told(product), public=shown)
    product.delete()


def told(product: Product) -> dict[str, Any]:
    """What the record of changes keeps of a product."""
    return {**snapshot(product), "institutions": sorted(product.institutions.values_list("code", flat=True))}


def _held(by: Any, product: Product) -> Product:
    product = (
        Product.objects.select_for_update(of=("self",)).select_related("initiative__institution").get(pk=product.pk)
    )
    require(by, KEEP_INITIATIVES, product)
    return product


def _write(product: Product, facts: ProductFacts) -> None:
    for name, value in vars(facts).items():
        if name != "institutions":
            setattr(product, name, value)
    product.save()
    product.institutions.set(facts.institutions)


def _check(initiative: Initiative, facts: ProductFacts) -> None:
    if not facts.title:
        raise Refused(_("Give the product a title."))
    if facts.made_on > timezone.localdate():
        raise Refused(_("The day on which it was made has not come yet."))
    parties = set(initiative.participations.values_list("institution", flat=True))
    makers = {one.pk for one in facts.institutions}
    if len(makers) < 2 or makers - parties:
        raise Refused(_("A joint product is made by at least two institutions of the initiative: choose them."))
