"""Records that two reporting systems might hold of the same cooperation, with the noise that real ones have, from a seed."""

import random
from dataclasses import dataclass

from ayni.methods.linkage.record import Record
from benchmarks import linkage_phrases as phrases

SPANISH = "ARG BOL CHL COL CRI CUB DOM ECU ESP GTM HND MEX NIC PAN PER PRY SLV URY VEN".split()
PORTUGUESE = "BRA AGO CPV MOZ PRT STP".split()
ENGLISH = "ATG BHS BLZ BRB CAN DMA GRD GUY JAM KNA LCA TTO USA VCT DEU JPN KOR".split()
TONGUE = dict.fromkeys(SPANISH, 0) | dict.fromkeys(PORTUGUESE, 1) | dict.fromkeys(ENGLISH, 2)
OFFERERS = ("BRA MEX CHL COL ARG CUB URY PER CRI ECU ESP DEU JPN KOR USA CAN PRT").split()
RECIPIENTS = [code for code in TONGUE if code not in ("ESP", "DEU", "JPN", "KOR", "USA", "CAN", "PRT")]
YEARS = range(2006, 2026)
SECTORS = "16010 16011 16015 16040 16062 15110 15112 15124 15127 15160 43030 12220 11240 14030 31120 24040".split()


@dataclass(frozen=True)
class Noise:
    """How often what differs between two reports of the same thing. Frozen on 30 November 2026: see docs/benchmarks.md, Linkage.

    Before that day these shares were eased while the scores were watched; they are not to be changed again with the method.
    """

    reworded: float = 0.25
    shortened: float = 0.15
    reordered: float = 0.2
    abbreviated: float = 0.15
    typo: float = 0.15
    bilingual: float = 0.15
    no_text: float = 0.2
    no_sector: float = 0.15
    other_sector: float = 0.05
    no_amount: float = 0.2
    partial: float = 0.2
    no_year: float = 0.04
    other_year: float = 0.2
    other_end: float = 0.3
    no_country: float = 0.03
    no_phase: float = 0.2
    no_place: float = 0.12


@dataclass(frozen=True)
class Thing:
    """The cooperation itself, of which reports are made."""

    countries: tuple[str, ...]
    action: int
    subject: int
    qualifier: int | None
    phase: int | None
    place: str
    families: int
    sentences: tuple[int, ...]
    sector: str
    first: int
    last: int
    usd: float


def things(count: int, rng: random.Random) -> list[Thing]:
    """Cooperations; one in five is a near twin of another: its next phase, or the same with another subject or partner."""
    found: list[Thing] = []
    while len(found) < count:
        made = _twin(rng.choice(found), rng) if found and rng.random() < 0.2 else _thing(rng)
        found.append(made)
    return found


def _thing(rng: random.Random) -> Thing:
    offerer = rng.choice(OFFERERS)
    recipient = rng.choice([code for code in RECIPIENTS if code != offerer])
    third = [rng.choice([code for code in OFFERERS if code not in (offerer, recipient)])] if rng.random() < 0.1 else []
    first = rng.choice(YEARS)
    subject = rng.randrange(len(phrases.OBJECTS))
    return Thing(
        countries=(offerer, recipient, *third),
        action=rng.randrange(len(phrases.ACTIONS)),
        subject=subject,
        qualifier=rng.randrange(len(phrases.QUALIFIERS)) if rng.random() < 0.6 else None,
        phase=rng.randint(1, 3) if rng.random() < 0.15 else None,
        place=rng.choice(phrases.PLACES) if rng.random() < 0.7 else "",
        families=rng.randint(50, 20_000),
        sentences=tuple(rng.sample(range(len(phrases.SENTENCES)), 3)),
        sector=SECTORS[(subject + (rng.randrange(len(SECTORS)) if rng.random() < 0.2 else 0)) % len(SECTORS)],
        first=first,
        last=first + rng.randint(0, 4),
        usd=round(10 ** rng.uniform(3.5, 6.5), 2),
    )


def _twin(one: Thing, rng: random.Random) -> Thing:
    given = dict(vars(one))
    kind = rng.randrange(3)
    if kind == 0:
        later = one.last + rng.randint(0, 2) - one.first
        given |= {"phase": (one.phase or 1) + 1, "first": one.first + later, "last": one.last + later}
        given |= {"usd": round(one.usd * rng.uniform(0.5, 2), 2), "families": rng.randint(50, 20_000)}
    elif kind == 1:
        given |= {"subject": rng.randrange(len(phrases.OBJECTS)), "usd": round(10 ** rng.uniform(3.5, 6.5), 2)}
        given |= {"families": rng.randint(50, 20_000)}
    else:
        other = rng.choice([code for code in RECIPIENTS if code not in one.countries])
        given |= {"countries": (one.countries[0], other), "usd": round(one.usd * rng.uniform(0.5, 2), 2)}
    return Thing(**given)


def report(one: Thing, key: str, reporter: str, tongue: int, rng: random.Random, noise: Noise) -> Record:
    """What one side writes of it, in its language (0 es, 1 pt, 2 en)."""
    title, text = {}, {}
    for number in {tongue, 2} if rng.random() < noise.bilingual else {tongue}:
        code = phrases.LANGUAGES[number]
        title[code] = _title(one, number, rng, noise)
        if rng.random() >= noise.no_text:
            text[code] = _text(one, number, rng, noise)
    first: int | None = one.first + (rng.choice((-1, 1)) if rng.random() < noise.other_year else 0)
    last: int | None = one.last + (rng.choice((-1, 1, 2)) if rng.random() < noise.other_end else 0)
    if rng.random() < noise.no_year:
        first = None
    if rng.random() < 2 * noise.no_year:
        last = None
    if first is not None and last is not None:
        last = max(first, last)
    sectors = set() if rng.random() < noise.no_sector else {one.sector}
    if sectors and rng.random() < noise.other_sector:
        sectors = {rng.choice(SECTORS)}
    countries = set(one.countries)
    if rng.random() < noise.no_country:
        countries.discard(rng.choice(sorted(countries)))
    return Record(
        key=key,
        source=reporter,
        reporter=reporter,
        countries=frozenset(countries),
        first=first,
        last=last,
        sectors=frozenset(sectors),
        usd=_amount(one, rng, noise),
        title=title,
        text=text,
    )


def _amount(one: Thing, rng: random.Random, noise: Noise) -> float | None:
    if rng.random() < noise.no_amount:
        return None
    # Another currency at another day's rate; and only what this side paid.
    usd = one.usd * rng.lognormvariate(0, 0.06)
    return round(usd * rng.uniform(0.25, 0.9) if rng.random() < noise.partial else usd, 2)


def _said(phrase: phrases.Phrase, number: int, rng: random.Random, noise: Noise) -> str:
    wordings = phrase[number]
    return rng.choice(wordings[1:]) if len(wordings) > 1 and rng.random() < noise.reworded else wordings[0]


def _title(one: Thing, number: int, rng: random.Random, noise: Noise) -> str:
    parts = [
        _said(phrases.ACTIONS[one.action], number, rng, noise),
        _said(phrases.OBJECTS[one.subject], number, rng, noise),
    ]
    told = " ".join(parts)
    if rng.random() < noise.shortened:
        told = parts[1]
    if one.qualifier is not None and rng.random() >= noise.shortened:
        more = _said(phrases.QUALIFIERS[one.qualifier], number, rng, noise)
        told = f"{more}: {told}" if rng.random() < noise.reordered else f"{told} {more}"
    if one.place and rng.random() >= noise.no_place:
        told = f"{told} {('en', 'em', 'in')[number]} {one.place}"
    if one.phase is not None and rng.random() >= noise.no_phase:
        roman = "I" * one.phase
        told = f"{told}, {('fase', 'fase', 'phase')[number]} {rng.choice((roman, str(one.phase)))}"
    if rng.random() < noise.abbreviated:
        for long, short in phrases.ABBREVIATED.items():
            told = told.replace(long, short)
    if rng.random() < noise.typo:
        told = _typo(told, rng)
    return told[:1].upper() + told[1:]


def _text(one: Thing, number: int, rng: random.Random, noise: Noise) -> str:
    about = f"{_said(phrases.ACTIONS[one.action], number, rng, noise)} {_said(phrases.OBJECTS[one.subject], number, rng, noise)}"
    told = [f"{about[:1].upper()}{about[1:]}"]
    told += [_said(phrases.SENTENCES[each], number, rng, noise) for each in one.sentences if rng.random() < 0.8]
    if rng.random() < 0.5:
        told.append(rng.choice(phrases.COUNTED[number]).format(one.families))
    if rng.random() < noise.reordered:
        rng.shuffle(told)
    return ". ".join(told) + "."


def _typo(text: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(text) - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + rng.choice("aeiorsnlt") + text[at + 1 :]


def two_systems(
    size: int, *, seed: int, noise: Noise = Noise(), shared: float = 0.7
) -> tuple[list[Record], set[tuple[int, int]]]:  # noqa: B008
    """`size` records of the offering sides' system, then `size` of the receiving sides'; and which (by place) are of the same thing.

    `shared` of the cooperations stand in both.
    """
    rng = random.Random(seed)
    both = round(size * shared)
    made = things(2 * size - both, rng)
    rng.shuffle(made)
    left, right = made[:size], made[:both] + made[size:]
    places = list(range(size))
    rng.shuffle(places)
    records = [report(one, f"a{n}", "A", TONGUE[one.countries[0]], rng, noise) for n, one in enumerate(left)]
    second: list[Record | None] = [None] * size
    pairs = set()
    for number, one in enumerate(right):
        place = places[number]
        second[place] = report(one, f"b{place}", "B", TONGUE[one.countries[1]], rng, noise)
        if number < both:
            pairs.add((number, size + place))
    return [*records, *(one for one in second if one is not None)], pairs
