"""The numbers at the head of an answer."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ayni.atlas.figures.world.amounts import Unit, unit
from ayni.atlas.queries.flows.asked import COUNT, Answer


def summary(answer: Answer) -> list[dict[str, str]]:
    """[{number, label}]: how much, how many records, from how many to how many."""
    cut = answer.cut
    whole = cut.total(answer.measure)
    amounts = unit(answer, [whole])
    found = []
    if answer.measure != COUNT:
        found.append({"number": amounts.of(whole), "label": amounts.words})
    records = Unit(1, _("records"))
    found.append({"number": records.of(cut.total(COUNT)), "label": records.words})
    found.append({"number": number_format(len(cut.by("provider", COUNT))), "label": _("providers")})
    found.append({"number": number_format(len(cut.by("recipient", COUNT))), "label": _("recipients")})
    return found
