"""Strategies: every questionnaire that can be."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from ayni.common.i18n import LANGUAGES
from ayni.surveys.formats.conditions import Comparison, Operator, all_of, any_of
from ayni.surveys.formats.spec import (
    CHOICE_KINDS,
    DATE_KINDS,
    NUMBER_KINDS,
    ROLE_KINDS,
    TEXT_KINDS,
    ChoiceListSpec,
    ChoiceSpec,
    InstrumentSpec,
    Kind,
    QuestionSpec,
    SectionSpec,
)
from ayni.surveys.formats.spec_checks import RESERVED_CODES

codes = st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,11}", fullmatch=True).filter(
    lambda code: code.lower() not in RESERVED_CODES and not code.lower().startswith("ayni_")
)
option_codes = st.one_of(
    st.from_regex(r"[a-z0-9][a-z0-9_.-]{0,7}", fullmatch=True),
    st.sampled_from(["ñandú", "1", "1.0", "TRUE", "=1", "+"]),
)
words = (
    st.one_of(
        st.sampled_from(
            [
                "¿Qué?",
                "=1+1",
                "+5",
                "@x",
                "#N/A",
                "1",
                "1.0",
                "TRUE",
                "2010-07-15",
                "a\nb",
                "''",
                '"x"',
                "<b>&amp;",
                "ã – ü",
                "-",
            ]
        ),
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=20),
    )
    .map(str.strip)
    .filter(lambda text: bool(text) and "${" not in text and "_x" not in text)
)
decimals = st.decimals(min_value=-(10**6), max_value=10**6, places=2).map(lambda number: number + Decimal(0))
dates = st.dates(min_value=date(1900, 3, 1), max_value=date(2099, 12, 31))
lines = words.filter(
    lambda text: text.isprintable() and not ("'" in text and '"' in text) and not any(q in text for q in "‘’“”")
)


def texts(default: str, *, optional: bool = False) -> st.SearchStrategy[dict[str, str]]:
    others = st.dictionaries(st.sampled_from(LANGUAGES), words, max_size=4)
    return others if optional else st.builds(lambda more, own: more | {default: own}, others, words)


@st.composite
def choice_lists(draw, default):
    names = draw(st.lists(codes, max_size=3, unique_by=str.casefold))
    return tuple(
        ChoiceListSpec(
            name,
            tuple(
                ChoiceSpec(code, draw(texts(default)))
                for code in draw(st.lists(option_codes, min_size=1, max_size=4, unique_by=str.casefold))
            ),
        )
        for name in names
    )


@st.composite
def limits(draw, kind, integer):
    if kind in NUMBER_KINDS:
        values = st.integers(-1000, 1000).map(Decimal) if integer else decimals
    elif kind in DATE_KINDS:
        values = dates
    else:
        return None, None
    low, high = draw(st.tuples(st.none() | values, st.none() | values))
    return (high, low) if low is not None and high is not None and low > high else (low, high)


@st.composite
def questions(draw, code, default, lists, condition):
    kinds = [kind for kind in Kind if lists or kind not in CHOICE_KINDS]
    kind = draw(st.sampled_from(kinds))
    integer = kind is Kind.NUMBER and draw(st.booleans())
    low, high = draw(limits(kind, integer))
    choices = None
    if kind in CHOICE_KINDS or (kind in ROLE_KINDS and lists and draw(st.booleans())):
        choices = draw(st.sampled_from(lists)).code
    return QuestionSpec(
        code=code,
        kind=kind,
        label=draw(texts(default)),
        number=draw(st.sampled_from(["", "1", "7a", "1.10", "=2"])),
        help=draw(texts(default)) if draw(st.booleans()) else {},
        required=kind is not Kind.NOTE and draw(st.booleans()),
        choices=choices,
        condition=condition,
        integer=integer,
        minimum=low,
        maximum=high,
        currency=draw(st.none() | st.sampled_from(["USD", "BRL", "XDR"])) if kind is Kind.MONEY else None,
    )


@st.composite
def comparisons(draw, asked, lists):
    offered = next((choices.codes for choices in lists if choices.code == asked.choices), ())
    possible = [Operator.ANSWERED]
    if asked.kind in CHOICE_KINDS or asked.kind is Kind.COUNTRIES:
        possible += [Operator.ANY_OF, Operator.NONE_OF]
    elif asked.kind in (Kind.NUMBER, Kind.DATE):
        possible += [Operator.EQUALS, Operator.ABOVE, Operator.AT_LEAST, Operator.BELOW, Operator.AT_MOST]
    elif asked.kind in TEXT_KINDS:
        possible.append(Operator.EQUALS)
    operator = draw(st.sampled_from(possible))
    if operator is Operator.ANSWERED:
        return Comparison(asked.code, operator, draw(st.booleans()))
    if operator in (Operator.ANY_OF, Operator.NONE_OF):
        named = ["BRA", "CHL", "URY"] if asked.kind is Kind.COUNTRIES else list(offered)
        return Comparison(asked.code, operator, tuple(draw(st.lists(st.sampled_from(named), min_size=1, unique=True))))
    value = {Kind.NUMBER: decimals, Kind.DATE: dates}.get(asked.kind, lines)
    return Comparison(asked.code, operator, draw(value))


@st.composite
def conditions(draw, earlier, lists):
    if not earlier or draw(st.integers(0, 2)):
        return None
    parts = [draw(comparisons(draw(st.sampled_from(earlier)), lists)) for _n in range(draw(st.integers(1, 3)))]
    inner = draw(st.sampled_from([all_of, any_of]))(*parts)
    if draw(st.booleans()):
        return inner
    outer = draw(st.sampled_from([all_of, any_of]))
    return outer(inner, draw(comparisons(draw(st.sampled_from(earlier)), lists)))


@st.composite
def instruments(draw):
    default = draw(st.sampled_from(LANGUAGES))
    lists = draw(choice_lists(default))
    names = draw(st.lists(codes, min_size=1, max_size=6, unique_by=str.casefold))
    asked: list[QuestionSpec] = []
    sections = []
    while names:
        condition = draw(conditions([q for q in asked if q.kind is not Kind.NOTE], lists))
        inside = []
        for code in [names.pop() for _n in range(draw(st.integers(1, len(names))))]:
            earlier = [question for question in asked if question.kind is not Kind.NOTE]
            question = draw(questions(code, default, lists, draw(conditions(earlier, lists))))
            inside.append(question)
            asked.append(question)
        sections.append((draw(texts(default)), tuple(inside), condition))
    section_codes = draw(st.lists(codes, min_size=len(sections), max_size=len(sections), unique_by=str.casefold))
    return InstrumentSpec(
        code=draw(codes),
        version=draw(st.sampled_from(["1", "2.0", "2010-07"])),
        title=draw(texts(default)),
        sections=tuple(SectionSpec(code, *section) for code, section in zip(section_codes, sections, strict=True)),
        introduction=draw(texts(default)) if draw(st.booleans()) else {},
        default_language=default,
        choice_lists=lists,
        source=draw(st.sampled_from(["", "Annex", "=x"])),
    )
