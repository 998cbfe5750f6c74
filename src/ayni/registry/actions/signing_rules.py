"""What each country asks of who signs: from Section III of the document, then kept by the countries themselves."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ayni.common.audit import record, snapshot
from ayni.common.errors import Refused
from ayni.common.permissions import KEEP_SIGNING_RULES, require
from ayni.common.reference import table, texts
from ayni.directory.models import Concept, Country, Institution
from ayni.registry.models import SigningRule
from ayni.registry.queries.agreements import newest_first


@transaction.atomic
def load_signing_rules(*, by: Any) -> None:
    """The practice of the four countries as the document tells it, unless there are rules."""
    if SigningRule.objects.exists():
        return
    forms = {one.code: one for one in Concept.objects.current("agreement-forms")}
    ranks = {one.code: one for one in Concept.objects.current("agreement-ranks")}
    institutions = {one.code: one for one in Institution.objects.all()}
    for row in table("oas2010/agreements.csv"):
        # A rank without a form is for every form; the document names forms and ranks of Mexico apart.
        form = forms.get(row["form"])
        rule, _made = SigningRule.objects.get_or_create(
            country=Country.objects.get(pk=row["country"]),
            form=form,
            defaults={"via": institutions.get(row["via"]), "note": texts(row, "text"), "source": row["source"]},
        )
        if row["rank"]:
            rule.ranks.add(ranks[row["rank"]])
    country = Country.objects.filter(signing_rules__isnull=False).first()
    if country is not None:
        record(by=by, verb="signing rules loaded", on=country, after={"rows": SigningRule.objects.count()})


@transaction.atomic
def keep_signing_rule(
    *,
    by: Any,
    country: Country,
    form: Concept | None,
    ranks: list[Concept],
    via: Institution | None,
    note: dict[str, str],
    source: str,
) -> SigningRule:
    """Say what a country asks of a form (None: of every other one). Raises Refused without a rank, an office and a note."""
    require(by, KEEP_SIGNING_RULES, country)
    if not ranks and via is None and not note:
        raise Refused(_("Say who signs, through which office, or how it is done."))
    # Of two who keep the first rule for a form at once the later corrects that of the earlier.
    Country.objects.select_for_update().get(pk=country.pk)
    # A form keeps its code in a new version of its vocabulary, and the rule stays.
    same = Q(form__code=form.code) if form else Q(form__isnull=True)
    rule = newest_first(SigningRule.objects.filter(same, country=country)).first()
    before = _told(rule) if rule else None
    rule = rule or SigningRule(country=country, form=form)
    rule.form, rule.via, rule.note, rule.source = form, via, note, source
    rule.save()
    rule.ranks.set(ranks)
    record(by=by, verb="signing rule changed", on=rule, before=before, after=_told(rule))
    return rule


def _told(rule: SigningRule) -> dict[str, Any]:
    return snapshot(rule) | {"ranks": sorted(str(one) for one in rule.ranks.all())}
