"""The report of an edition in a language: what its content says, put in order and in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from ayni.atlas.queries.facts import Atlas
from ayni.atlas.reports import answers, categories, evidence, live, notes, partners
from ayni.atlas.reports.document import (
    Block,
    Entry,
    Figure,
    KeyNumber,
    Paragraph,
    Report,
    Section,
)
from ayni.atlas.reports.wording import listed, number, or_empty, percent, place, words, years
from ayni.common.i18n import text_in

Draw = Callable[[Atlas, str, str], Figure | None]
MOST_NAMES = 16
NAMES = {"es": "Español", "pt": "Português", "en": "English", "fr": "Français"}
BLOCKS: dict[str, tuple[Callable[[Atlas], Block], ...]] = {
    "T1": (categories.outcomes,),
    "T2": (categories.obstacles,),
    "T3": (partners.findings, partners.matrix, partners.regions),
    "T4": (answers.agencies,),
    "T5": (categories.agreements, categories.practice),
    "T6": (categories.modalities,),
    "T7": (categories.topics,),
    "T10": (categories.evaluation,),
    "T13": (answers.coverage,),
}

# Pictures stand beside the tables that they draw.
READING_ORDER = ("T1", "F1", "T10", "T5", "T6", "T7", "F10", "F4", "T3", "F5", "F6", "F9", "F7", "T4")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is known of an edition beside its content. `checksum` is empty and `frozen` None while it is a draft."""

    code: str
    checksum: str
    frozen: datetime | None
    published: datetime | None


def report(atlas: Atlas, imprint: Imprint, lang: str, draw: Draw) -> Report:
    """The whole document in `lang`; `draw` makes its pictures (None where an edition has nothing to draw)."""
    with override(lang):
        title = text_in(atlas.edition["title"])
        return Report(
            code=imprint.code,
            lang=lang,
            title=title,
            network=_("Inter-American Social Protection Network"),
            period=years(atlas.round["period"]),
            banner=_banner(atlas, imprint),
            mark=imprint.checksum[:12],
            made=int((imprint.frozen or datetime(2000, 1, 1, tzinfo=UTC)).timestamp()),
            facts=tuple(_facts(atlas, imprint, title)),
            key_numbers=tuple(_key_numbers(atlas)),
            sections=tuple(_sections(atlas, lang, draw)),
            data=(evidence.marks(atlas), evidence.passages(atlas)),
            words=words(),
        )


def _banner(atlas: Atlas, imprint: Imprint) -> str:
    if atlas.round["fictional"]:
        return _("Demonstration: the content of this report is fictional.")
    return "" if imprint.frozen else _("Draft: this edition is not frozen and may still change.")


def _facts(atlas: Atlas, imprint: Imprint, title: str) -> list[Entry]:
    frozen, published = imprint.frozen, imprint.published
    facts = [
        Entry(_("Period"), years(atlas.round["period"])),
        Entry(_("Countries that reported"), listed(map(atlas.name, atlas.by_name(atlas.reporters)))),
        Entry(_("Institutions that answered"), _institutions(atlas)),
        Entry(_("Edition"), imprint.code),
        Entry(_("Frozen on"), date_format(frozen, "DATE_FORMAT") if frozen else ""),
        Entry(_("Published on"), date_format(published, "DATE_FORMAT") if published else ""),
        Entry(_("Languages"), listed(NAMES.values())),
        Entry(_("How to cite"), _citation(imprint, title)),
        Entry(_("Checksum (SHA-256)"), imprint.checksum),
    ]
    return [fact for fact in facts if fact.text]


def _institutions(atlas: Atlas) -> str:
    """Their names while they fit on a page; of more only how many."""
    if len(atlas.institutions) > MOST_NAMES:
        return number(len(atlas.institutions)).text
    return listed(f"{text_in(one['name'])} ({one['acronym']})" for one in atlas.institutions.values())


def _citation(imprint: Imprint, title: str) -> str:
    moment = imprint.published or imprint.frozen
    if moment is None:
        return ""
    return _("Inter-American Social Protection Network (%(year)s). %(title)s. Edition %(code)s, SHA-256 %(mark)s.") % {
        "year": moment.year,
        "title": title,
        "code": imprint.code,
        "mark": imprint.checksum[:12],
    }


def _key_numbers(atlas: Atlas) -> list[KeyNumber]:
    found = atlas.tables["T3"]
    first = min(found["regions"].items(), key=lambda item: item[1]["rank"], default=None)
    numbers = [
        KeyNumber(number(found["partners"]), _("partner countries")),
        KeyNumber(number(found["pairs"]), _("pairs of countries")),
        KeyNumber(number(len(atlas.institutions)), _("institutions that answered")),
    ]
    if first and found["partners"]:
        region = text_in(atlas.regions.get(first[0], first[0]))
        numbers.append(
            KeyNumber(percent(first[1]["share"]), _("of the partners are in %(region)s") % {"region": region})
        )
    return numbers


def _sections(atlas: Atlas, lang: str, draw: Draw) -> list[Section]:
    sections = [_section(atlas, lang, draw, section) for section in atlas.content["sections"]]
    body = [section for section in sections if section.code != "annex"]
    annex = [section for section in sections if section.code == "annex"]
    sections = [section for section in (*body, *annex) if section.blocks]
    if found := live.section(atlas, lang, "print"):
        sections.append(found)
    return [*sections, notes.method(atlas), notes.quality(atlas), notes.change(atlas)]


def _section(atlas: Atlas, lang: str, draw: Draw, section: dict[str, Any]) -> Section:
    blocks: list[Block] = [*_paragraphs(atlas, section["text"])]
    for code in sorted((*section["tables"], *section["figures"]), key=_reading_order):
        if code in BLOCKS:
            blocks += [make(atlas) for make in BLOCKS[code]]
        elif figure := draw(atlas, code, lang):
            blocks.append(figure)
    if section["code"] == "annex":
        blocks.append(answers.questionnaire(atlas))
    return Section(section["code"], section["number"], text_in(section["title"]), tuple(map(or_empty, blocks)))


def _reading_order(code: str) -> int:
    return READING_ORDER.index(code) if code in READING_ORDER else len(READING_ORDER)


def _paragraphs(atlas: Atlas, texts: Sequence[Any]) -> list[Paragraph]:
    """Paragraphs are {language: text}, or such a text beside its source."""
    found = []
    for text in texts:
        if isinstance(text, dict) and "text" in text:
            found.append(Paragraph(text_in(text["text"]), place(atlas, text.get("source", ""))))
        else:
            found.append(Paragraph(text_in(text)))
    return [paragraph for paragraph in found if paragraph.text]
