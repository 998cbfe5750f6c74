"""Joint products as lists and pages show them."""

from typing import Any

from django.db.models import QuerySet

from ayni.learning.models import Product
from ayni.registry.queries.initiatives.lists import initiatives_for


def products_for(user: Any) -> QuerySet[Product]:
    """Those of the initiatives that `user` may read, with what lists show, in a few queries for all."""
    rows = Product.objects.filter(initiative__in=initiatives_for(user)).select_related("initiative__institution")
    return rows.prefetch_related("institutions__names", "institutions__country")
