"""An account of a year's cooperation, of a country or of the network, as a report: its pages and its files."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayni.atlas.figures import accounts as figures
from ayni.atlas.figures.drawing import Drawing
from ayni.atlas.figures.render import vega_svg
from ayni.atlas.queries.cooperation import learned, tables
from ayni.atlas.queries.cooperation.fiction import shows_fictional
from ayni.atlas.queries.cooperation.scope import Scope, first_year
from ayni.atlas.reports.account_learned import costs, evaluations, lasting, loop, obstacles
from ayni.atlas.reports.account_tables import initiatives, partners, quality, roles, source, topics
from ayni.atlas.reports.document import Block, Entry, Figure, KeyNumber, Paragraph, Report, Section
from ayni.atlas.reports.pictures import cell
from ayni.atlas.reports.wording import number, or_unrecorded, percent, words
from ayni.exchange.queries.funnel import funnel
from ayni.registry.models import Validation

Draw = Callable[[str, Drawing], Block]
# Years that the time line looks back.
BACK = 15
MOST_ON_A_PAGE = 200
MOST_IN_A_FILE = 5_000


def account(scope: Scope, lang: str, theme: str = "print") -> Report:
    """The account of `scope` in `lang`, from the records as they stand; `theme` is that of its pictures."""
    with override(lang):
        counted = scope.initiatives()
        validated = counted.filter(validation=Validation.PUBLISHED).count()
        unilateral = counted.filter(validation=Validation.UNILATERAL).count()
        fictional = shows_fictional(scope)
        today = timezone.localdate()
        return Report(
            code=scope.code,
            lang=lang,
            title=title_of(scope),
            network=_("Inter-American Social Protection Network"),
            period=str(scope.year),
            banner=_("Demonstration: part of the content of this report is fictional.") if fictional else "",
            mark="",
            made=int(datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp()),
            facts=(
                Entry(_("About"), str(scope.country) if scope.country else _("the whole network")),
                Entry(_("As the records stood on"), date_format(today, "DATE_FORMAT")),
                Entry(
                    _("How it is counted"),
                    _(
                        "One record counts once, whoever declared it. Records that every side has confirmed and records "
                        "of one side alone are told apart and never added."
                    ),
                ),
            ),
            key_numbers=tuple(_key_numbers(scope, validated, unilateral)),
            sections=tuple(sections_of(scope, theme, partial(_drawn, lang, theme))),
            data=(),
            words=words(),
        )


def title_of(scope: Scope) -> str:
    """The heading: "Our cooperation in 2026: Chile"."""
    if scope.country is None:
        return _("The network's cooperation in %(year)s") % {"year": scope.year}
    return _("Our cooperation in %(year)s: %(country)s") % {"year": scope.year, "country": scope.country}


def _key_numbers(scope: Scope, validated: int, unilateral: int) -> list[KeyNumber]:
    numbers = [
        KeyNumber(number(validated), _("validated initiatives"), "initiatives"),
        KeyNumber(number(unilateral), _("initiatives declared by one side alone"), "initiatives"),
    ]
    if scope.country is not None:
        numbers.append(KeyNumber(number(len(tables.partners(scope))), _("partner countries"), "roles"))
        own = [row.balance.dual for row in tables.roles(scope)]
        if own and own[0] is not None:
            numbers.append(KeyNumber(percent(own[0]), _("dual role: offers and receives alike"), "roles"))
        return numbers
    returned = tables.returned(scope)
    if returned is not None:
        numbers.append(
            KeyNumber(percent(returned), _("of what is offered comes back between the same two countries"), "roles")
        )
    return numbers


def sections_of(scope: Scope, theme: str, draw: Draw) -> list[Section]:
    """What the account says, in the active language; `draw` makes its pictures, whose colours are those of `theme`."""
    stages = funnel(scope.year, scope.country.pk if scope.country else None)
    told: list[tuple[str, str, list[Block]]] = [
        ("initiatives", _("Initiatives of the year"), _of_the_year(scope, theme, draw)),
        ("roles", _("Who offers and who receives"), _who(scope, theme, draw)),
        ("supply", _("From demand to initiative"), [draw("F12", figures.demands(stages, theme))]),
        ("costs", _("Costs"), [costs(learned.spent(scope))]),
        (
            "learning",
            _("Evaluation, lessons and what lasts"),
            [
                *loop(learned.loop(scope)),
                evaluations(learned.evaluated(scope)),
                lasting(learned.lasting(scope), scope.year),
                obstacles(learned.obstacles(scope), scope.year),
            ],
        ),
        ("quality", _("Quality of the data"), [quality(tables.quality(scope))]),
    ]
    return [
        Section(code, str(place), title, tuple(map(or_unrecorded, blocks)))
        for place, (code, title, blocks) in enumerate(told, 1)
    ]


def _of_the_year(scope: Scope, theme: str, draw: Draw) -> list[Block]:
    line = tables.timeline(scope, max(first_year(), scope.year - BACK))
    blocks: list[Block] = [
        draw("F11", figures.timeline(line, theme)),
        draw("F13", figures.goals(tables.goals(scope), theme)),
        topics(tables.topics(scope)),
    ]
    if scope.country is not None:
        # The list shows them all, page by page.
        blocks.append(initiatives(scope, MOST_ON_A_PAGE if theme == "page" else MOST_IN_A_FILE))
    return blocks


def _who(scope: Scope, theme: str, draw: Draw) -> list[Block]:
    found = tables.roles(scope)
    blocks: list[Block] = [draw("F8", figures.role_balance(found, theme)), roles(found)]
    if scope.country is not None:
        blocks.append(partners(tables.partners(scope)))
    return blocks


def _drawn(lang: str, theme: str, code: str, drawing: Drawing) -> Block:
    svg = vega_svg(drawing.spec or {}, lang=lang, theme=theme, title=drawing.title, description=drawing.description)
    return figure_of(code, drawing, svg)


def figure_of(code: str, drawing: Drawing, svg: str) -> Block:
    """The picture with its facts; a sentence where there is nothing to draw."""
    if not drawing.rows:
        return Paragraph(_("%(figure)s: no public record says anything of this.") % {"figure": drawing.title})
    return Figure(
        code=code,
        title=drawing.title,
        description=drawing.description,
        svg=svg,
        columns=tuple(map(str, drawing.columns)),
        rows=tuple(tuple(map(cell, row)) for row in drawing.rows),
        source=source(),
        notes=tuple(drawing.notes),
    )
