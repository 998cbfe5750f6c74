"""The words of the map: its title, its description, its legend and what the reader has to know."""

from collections.abc import Collection, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayni.atlas.figures import geometry
from ayni.atlas.figures.geometry import View
from ayni.atlas.figures.question import Question, topic_is_shared
from ayni.atlas.figures.steps import Steps
from ayni.atlas.queries.facts import Atlas, Mark
from ayni.common.i18n import text_in


def title(atlas: Atlas, question: Question) -> str:
    if question.institution:
        return _("Partner countries of %(name)s") % {"name": atlas.acronym(question.institution)}
    if question.country:
        return _("Who cooperates with %(country)s") % {"country": atlas.name(question.country)}
    if question.reporter:
        return _("Partner countries of %(country)s") % {"country": atlas.name(question.reporter)}
    return _("Who cooperates with whom")


def description(atlas: Atlas, marks: list[Mark], named: Mapping[str, object]) -> str:
    """One sentence that says what the map shows."""
    reporters = len({mark.reporter for mark in marks})
    partners = ngettext("%(number)s partner country", "%(number)s partner countries", len(named))
    who = ngettext("%(number)s reporting country", "%(number)s reporting countries", reporters)
    return _("World map: %(partners)s named by %(reporters)s.") % {
        "partners": partners % {"number": number_format(len(named))},
        "reporters": who % {"number": number_format(reporters)},
    }


def legend(atlas: Atlas, marks: list[Mark], steps: Steps) -> list[tuple[str, str]]:
    """[(shade "0" to "5", or the kind of a line, words)]."""
    lines = [("0", _("Not named"))]
    for shade, least, greatest in steps.ranges():
        if least == greatest:
            words = ngettext(
                "Named by %(number)s reporting country", "Named by %(number)s reporting countries", greatest
            ) % {"number": greatest}
        else:
            words = _("Named by %(least)s to %(greatest)s reporting countries") % {
                "least": least,
                "greatest": greatest,
            }
        lines.append((str(shade), words))
    lines.append(("reporter", _("Country that reported")))
    chosen = {(mark.reporter, mark.partner) for mark in marks}
    if chosen:
        lines.append(("arc", _("Declared cooperation")))
    if any(arc["unilateral"] and (arc["from"], arc["to"]) in chosen for arc in atlas.figures["F4"]["arcs"]):
        lines.append(("unilateral", _("Declared by one side only")))
    return lines


def notes(atlas: Atlas, question: Question, marks: list[Mark], view: View) -> list[str]:
    """What the reader has to know to read the map rightly."""
    found = []
    if question.topic and topic_is_shared(atlas, question.topic):
        topic = text_in(atlas.content["concepts"]["topics"][question.topic]["label"])
        found.append(
            _(
                "The source names the topic “%(topic)s” only for all reporting countries together. The map therefore "
                "shows every partner: it cannot be told which of them share this topic."
            )
            % {"topic": topic}
        )
    away = outside({mark.partner for mark in marks}, view)
    if away:
        found.append(
            ngettext(
                "%(number)s partner lies outside this part of the map.",
                "%(number)s partners lie outside this part of the map.",
                away,
            )
            % {"number": away}
        )
    if any(mark.role == "unknown" for mark in marks):
        found.append(_("The lines have no direction: the source does not say who offered and who received."))
    found.append(
        _("The boundaries shown on this map do not imply the expression of any opinion on the status of a territory.")
    )
    return found


def outside(partners: Collection[str], view: View) -> int:
    """How many of the countries the view does not show."""
    places = geometry.sheet().places
    return sum(code not in places or not view.shows(places[code]) for code in partners)
