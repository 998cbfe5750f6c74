"""Countries of ISO 3166-1."""

from typing import Any

import pycountry
from babel import Locale
from django.db import transaction

from ayni.common.audit import record
from ayni.common.i18n import LANGUAGES
from ayni.directory.models import Country


@transaction.atomic
def load_countries(*, by: Any) -> int:
    """Add or rename every country of ISO 3166-1 (pycountry), with names of the Unicode CLDR (Babel) in four languages.

    Returns how many rows changed; a second call changes none.
    """
    names = {language: Locale(language).territories for language in LANGUAGES}
    standing = Country.objects.in_bulk()
    changed = 0
    for entry in pycountry.countries:
        name = {language: names[language].get(entry.alpha_2, entry.name) for language in LANGUAGES}
        before = standing.get(entry.alpha_3)
        if before is not None and before.name == name:
            continue
        country = Country(iso3=entry.alpha_3, iso2=entry.alpha_2, m49=entry.numeric, name=name)
        country.save()
        record(
            by=by,
            verb="country loaded",
            on=country,
            before={"name": before.name} if before is not None else None,
            after={"name": name},
        )
        changed += 1
    return changed
