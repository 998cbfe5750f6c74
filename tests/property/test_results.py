"""Roll-ups of random frameworks against a plain reading of the rules; and that order never matters."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from ayni.methods.results.tree import Node, Span, Way, roll_up
from ayni.methods.results.values import (
    Measure,
    Measured,
    NotApplicable,
    Percentage,
    Score,
    Tally,
    Units,
    tally,
)

FIRST = date(2024, 1, 1)
NOTHING = object()


@st.composite
def spans(draw, base: int):
    """Up to four periods that do not overlap, some with days between them."""
    found, day = [], FIRST + timedelta(days=draw(st.integers(0, 40)))
    for number in range(draw(st.integers(0, 4))):
        ends = day + timedelta(days=draw(st.integers(0, 60)))
        found.append(Span(base + number, day, ends))
        day = ends + timedelta(days=draw(st.integers(1, 30)))
    return tuple(found)


def values(measure: Measure):
    numbers = st.integers(0, 20).map(Decimal)
    kinds = {
        Measure.UNIT: st.builds(Units, numbers),
        Measure.SCORE: st.builds(Score, st.integers(0, 5).map(Decimal)),
        Measure.PERCENTAGE: st.builds(Percentage, numbers, st.integers(1, 20).map(Decimal)),
    }
    return st.builds(Measured, st.one_of(kinds[measure], st.just(NotApplicable())), st.booleans())


@st.composite
def frameworks(draw):
    """Up to six indicators of one way of measuring, each below an earlier one or alone; measurements of their periods."""
    measure = draw(st.sampled_from(list(Measure)))
    way = Way(measure, True, draw(st.booleans()), 5 if measure == Measure.SCORE else None)
    nodes, measured = [], {}
    for key in range(draw(st.integers(1, 6))):
        into = draw(st.one_of(st.none(), st.integers(0, key - 1))) if key else None
        node = Node(key, way, into, draw(spans(key * 10)))
        nodes.append(node)
        for span in node.spans:
            measured[span.key] = draw(st.lists(values(measure), max_size=3))
    return nodes, measured


def added(lists):
    """Approved answers of one place as (sum, base, how many numbers), None when nobody answered."""
    approved = [one.value for one in lists if one.approved]
    if not approved:
        return None
    total, base, count = Fraction(0), Fraction(0), 0
    for value in approved:
        if isinstance(value, NotApplicable):
            continue
        count += 1
        if isinstance(value, Percentage):
            total += Fraction(value.numerator)
            base += Fraction(value.denominator)
        else:
            total += Fraction(value.value)
    return total, base, count


def together(parts):
    told = [part for part in parts if part is not None]
    return tuple(map(sum, zip(*told, strict=True))) if told else None


class Oracle:
    """The rules read literally, once for each question: what an indicator comes to in a period."""

    def __init__(self, nodes, measured):
        self.nodes, self.measured = {node.key: node for node in nodes}, measured

    def sources(self, node):
        return [other for other in self.nodes.values() if other.into == node.key]

    def reported(self, source, span):
        """What the source told in the parent's period, of its own periods that end in it."""
        inside = sorted((one for one in source.spans if span.starts <= one.ends <= span.ends), key=lambda one: one.ends)
        told = [found for one in inside if (found := self.at(source, one)) is not None]
        if not told:
            return None
        if source.way.cumulative or source.way.measure == Measure.SCORE:
            return next((one for one in reversed(told) if one[2]), (Fraction(0), Fraction(0), 0))
        return together(told)

    def at(self, node, span):
        sources = self.sources(node)
        own = added(self.measured[span.key])
        here = [own, *(self.reported(source, span) for source in sources)]
        if not node.way.cumulative or not sources:
            return together(here)
        if all(part is None for part in here):
            return None
        earlier = sorted((one for one in node.spans if one.ends <= span.ends), key=lambda one: one.ends, reverse=True)
        last = [self.latest([added(self.measured[one.key]) for one in earlier])]
        last += [self.latest([self.reported(source, one) for one in earlier]) for source in sources]
        return together([(Fraction(0), Fraction(0), 0), *last])

    @staticmethod
    def latest(parts):
        return next((part for part in parts if part is not None and part[2]), None)


def value_of(measure, found):
    if found is None or not found[2]:
        return None
    total, base, count = found
    if measure == Measure.UNIT:
        return total
    return total / count if measure == Measure.SCORE else 100 * total / base


def rolled(nodes, measured):
    measure = nodes[0].way.measure
    return roll_up(nodes, {key: tally(measure, rows) for key, rows in measured.items()})


@given(frameworks())
@settings(max_examples=300)
def test_roll_ups_are_those_of_the_rules_read_literally(framework):
    nodes, measured = framework
    measure = nodes[0].way.measure
    oracle, found = Oracle(nodes, measured), rolled(nodes, measured)
    for node in nodes:
        for span in node.spans:
            told = found[node.key].total[span.key]
            expected = oracle.at(node, span)
            parts = (Fraction(told.total), Fraction(told.base), told.count)
            assert parts == (expected or (0, 0, 0)), (node, span)
            if measure == Measure.UNIT:
                assert told.value == value_of(measure, expected)
            reporting = sum(oracle.reported(one, span) is not None for one in oracle.sources(node))
            assert found[node.key].told[span.key] == reporting


@given(frameworks(), st.randoms())
def test_order_never_matters(framework, chance):
    nodes, measured = framework
    before = rolled(nodes, measured)
    mixed = {key: chance.sample(rows, len(rows)) for key, rows in measured.items()}
    after = rolled(chance.sample(nodes, len(nodes)), mixed)
    assert {key: one.total for key, one in before.items()} == {key: one.total for key, one in after.items()}


@given(frameworks())
def test_only_what_is_approved_counts(framework):
    nodes, measured = framework
    approved = {key: [one for one in rows if one.approved] for key, rows in measured.items()}
    assert {key: one.total for key, one in rolled(nodes, measured).items()} == {
        key: one.total for key, one in rolled(nodes, approved).items()
    }


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.integers(1, 7))
def test_tallies_add_however_they_are_grouped(numbers, cut):
    def of(part):
        return tally(Measure.UNIT, [Measured(Units(Decimal(one))) for one in part])

    assert (
        of(numbers) == of(numbers[:cut]) + of(numbers[cut:]) == sum((of([one]) for one in numbers), Tally(Measure.UNIT))
    )
