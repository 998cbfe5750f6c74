"""Frames, results, indicators and periods: who writes them, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from ayni.accounts.models import User
from ayni.common.audit import history
from ayni.common.errors import Conflict, Refused
from ayni.directory.models import Country, Institution
from ayni.methods.results.values import Measure as PlainMeasure
from ayni.methods.results.values import Measured, tally
from ayni.registry.actions.demo_results import load_results
from ayni.registry.actions.results import frames as actions
from ayni.registry.actions.results import indicators, periods
from ayni.registry.models import Indicator, Initiative, Measurement, ResultFrame
from ayni.registry.queries.initiatives.guards import lacking
from ayni.registry.queries.results.frames import results_of
from ayni.registry.queries.results.rollup import rolled, tallies
from ayni.registry.queries.results.shown import by_level, line_of
from ayni.registry.queries.results.words import value_of
from tests.factories.results import YEAR, frame, indicator, initiative, measurement, period, result

pytestmark = pytest.mark.django_db
D = Decimal
WRITERS = {"focal-point", "coordination", "national-coordinator"}
EVERYBODY = (
    "focal-point",
    "coordination",
    "national-coordinator",
    "secretariat",
    "expert",
    "observer",
    "administrator",
)


@pytest.fixture
def who(person):
    def found(name: str) -> User:
        return User.objects.get(email="coordinacion.br@demo.ayni") if name == "coordination" else person(name)

    return found


def facts(**values) -> actions.ResultFacts:
    return actions.ResultFacts(**({"level": "outcome", "title": {"en": "More know"}, "description": {}} | values))


def indicator_facts(**values) -> indicators.IndicatorFacts:
    given = {
        "title": {"en": "How many"},
        "measure": "unit",
        "unit": {},
        "best": None,
        "ascending": True,
        "cumulative": False,
        "rolls_into": None,
        "baseline_on": None,
        "baseline": None,
        "baseline_numerator": None,
        "baseline_denominator": None,
        "dimensions": (),
        "verification": {},
        "national_target": {},
    }
    return indicators.IndicatorFacts(**(given | values))


def period_facts(**values) -> periods.PeriodFacts:
    given = {
        "starts_on": date(YEAR, 1, 1),
        "ends_on": date(YEAR, 12, 31),
        "target": None,
        "target_numerator": None,
        "target_denominator": None,
        "target_note": {},
    }
    return periods.PeriodFacts(**(given | values))


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_writes_a_frame(who, name):
    by, made = who(name), frame()
    below = period(indicator(made))
    found = below.indicator
    other = initiative("BR-MDS", "CL-FOSIS")
    attempts = [
        lambda: actions.open_frame(by=by, initiative=other),
        lambda: actions.add_result(by=by, frame=made, facts=facts()),
        lambda: actions.edit_result(by=by, result=found.result, base=2, facts=facts(level="impact")),
        lambda: indicators.add_indicator(by=by, result=found.result, facts=indicator_facts()),
        lambda: indicators.edit_indicator(by=by, indicator=found, base=1, facts=indicator_facts()),
        lambda: periods.add_period(
            by=by, indicator=found, facts=period_facts(starts_on=date(YEAR + 1, 1, 1), ends_on=date(YEAR + 1, 6, 1))
        ),
        lambda: periods.edit_period(by=by, period=below, base=3, facts=period_facts(target=D(5))),
        lambda: periods.remove_period(by=by, period=below),
        lambda: indicators.remove_indicator(by=by, indicator=found),
        lambda: actions.set_parent_frame(by=by, frame=made, base=3, parent=None),
    ]
    for attempt in attempts:
        if name in WRITERS:
            attempt()
        else:
            with pytest.raises(PermissionDenied):
                attempt()
    if name in WRITERS:
        told = {one.verb for one in history(made.initiative)}
        assert {"result added", "indicator changed", "period removed", "result frame placed"} <= told


def test_each_initiative_has_one_frame(who):
    made = frame()
    with pytest.raises(Refused, match="there already"):
        actions.open_frame(by=who("focal-point"), initiative=made.initiative)


@pytest.mark.parametrize("state", ["archived", "cancelled"])
def test_what_is_over_is_no_longer_written(who, state):
    made = frame()
    Initiative.objects.filter(pk=made.initiative_id).update(state=state, reason="It ended.", closed_on=date(YEAR, 5, 1))
    with pytest.raises(Refused, match="no longer changed"):
        actions.add_result(by=who("focal-point"), frame=made, facts=facts())


def test_impact_is_written_after_the_execution(who):
    made = frame()
    Initiative.objects.filter(pk=made.initiative_id).update(state="ex-post", closed_on=date(YEAR, 5, 1))
    assert actions.add_result(by=who("focal-point"), frame=made, facts=facts(level="impact")).pk


def test_a_record_that_was_merged_is_not_written(who):
    made = frame()
    Initiative.objects.filter(pk=made.initiative_id).update(merged_into=initiative("BR-MDS"))
    with pytest.raises(Refused, match="was merged"):
        actions.add_result(by=who("focal-point"), frame=made, facts=facts())


def test_the_frame_of_a_pair(who):
    keeper, told = Institution.objects.get(code="BR-MDS"), {"title": {"en": "Together"}}
    mexico = Country.objects.get(pk="MEX")
    for name in EVERYBODY:
        if name != "coordination":
            with pytest.raises(PermissionDenied):
                actions.open_pair_frame(by=who(name), institution=keeper, partner=mexico, **told)
    made = actions.open_pair_frame(by=who("coordination"), institution=keeper, partner=mexico, **told)
    assert (made.first_id, made.second_id) == ("BRA", "MEX")
    with pytest.raises(Refused, match="has its frame already"):
        actions.open_pair_frame(by=who("coordination"), institution=keeper, partner=mexico, **told)
    with pytest.raises(Refused, match="the other one"):
        actions.open_pair_frame(
            by=who("coordination"), institution=keeper, partner=Country.objects.get(pk="BRA"), **told
        )
    with pytest.raises(Refused, match="stands alone"):
        actions.set_parent_frame(by=who("coordination"), frame=made, base=1, parent=frame())
    added = actions.add_result(by=who("focal-point"), frame=made, facts=facts())
    tied = indicator_facts(national_target={"en": "Half as many by 2030"})
    assert indicators.add_indicator(by=who("coordination"), result=added, facts=tied).national_target
    with pytest.raises(Refused, match="pair of countries"):
        indicators.add_indicator(by=who("focal-point"), result=result(frame()), facts=tied)


def test_frames_stand_below_one_another_without_a_ring(who):
    by, above = who("focal-point"), frame()
    below = frame(parent=above)
    with pytest.raises(Refused, match="below itself"):
        actions.set_parent_frame(by=by, frame=above, base=1, parent=below)
    with pytest.raises(Refused, match="below itself|Choose the frame"):
        actions.set_parent_frame(by=by, frame=above, base=1, parent=above)
    with pytest.raises(Refused, match="Choose the frame"):
        actions.set_parent_frame(by=by, frame=below, base=1, parent=frame("CL-FOSIS", "PY-MDS"))
    programme = frame("CL-FOSIS", "PY-MDS")
    Initiative.objects.filter(pk=below.initiative_id).update(parent=programme.initiative_id)
    assert actions.set_parent_frame(by=by, frame=below, base=1, parent=programme).parent == programme
    indicator(below, rolls_into=indicator(programme))
    with pytest.raises(Refused, match="unlink them first"):
        actions.set_parent_frame(by=by, frame=below, base=2, parent=above)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": {}}, "what is measured"),
        ({"measure": "percentage", "baseline": D(5)}, "numerator and a denominator"),
        ({"measure": "percentage", "baseline_numerator": D(5)}, "numerator and a denominator"),
        ({"measure": "percentage", "baseline_numerator": D(5), "baseline_denominator": D(0)}, "above 0"),
        ({"baseline_numerator": D(5), "baseline_denominator": D(6)}, "Only percentages"),
        ({"best": 5}, "Only a score"),
        ({"measure": "score"}, "best score"),
        ({"measure": "score", "best": 5, "baseline": D(6)}, "between 0 and 5"),
        ({"measure": "score", "best": 5, "dimensions": ("sex",)}, "do not add up"),
    ],
    ids=str,
)
def test_an_indicator_that_does_not_hold_together(who, values, said):
    with pytest.raises(Refused, match=said):
        indicators.add_indicator(by=who("focal-point"), result=result(frame()), facts=indicator_facts(**values))


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ({"measure": "percentage"}, "another way"),
        ({"measure": "score", "best": 5}, "another way"),
        ({"ascending": False}, "more is better"),
        ({"cumulative": True}, "cumulative"),
    ],
    ids=str,
)
def test_one_of_another_measure_does_not_roll_up(who, above, said):
    parent = frame()
    into = indicator(parent, **above)
    told = indicator_facts(rolls_into=into)
    with pytest.raises(Refused, match=said):
        indicators.add_indicator(by=who("focal-point"), result=result(frame(parent=parent)), facts=told)


def test_scores_of_two_scales_do_not_roll_up(who):
    parent = frame()
    told = indicator_facts(measure="score", best=10, rolls_into=indicator(parent, measure="score", best=5))
    with pytest.raises(Refused, match="different scales"):
        indicators.add_indicator(by=who("focal-point"), result=result(frame(parent=parent)), facts=told)


def test_an_indicator_rolls_up_into_one_of_the_parent_frame(who):
    stranger = indicator(frame())
    with pytest.raises(Refused, match="of the parent frame"):
        indicators.add_indicator(
            by=who("focal-point"), result=result(frame()), facts=indicator_facts(rolls_into=stranger)
        )
    made = indicator(frame(parent=stranger.result.frame))
    Indicator.objects.filter(pk=stranger.pk).update(rolls_into=made.pk)
    with pytest.raises(Refused, match="into itself"):
        indicators.edit_indicator(
            by=who("focal-point"), indicator=made, base=1, facts=indicator_facts(rolls_into=stranger)
        )


def test_how_it_is_measured_stays_once_there_are_periods_or_sources(who):
    by, parent = who("focal-point"), frame()
    into = indicator(parent)
    indicator(frame(parent=parent), rolls_into=into)
    other = indicator_facts(measure="percentage")
    with pytest.raises(Refused, match="roll up into this one"):
        indicators.edit_indicator(by=by, indicator=into, base=1, facts=other)
    with pytest.raises(Refused, match="roll up into this one"):
        indicators.remove_indicator(by=by, indicator=into)
    with pytest.raises(Refused, match="has periods"):
        indicators.edit_indicator(by=by, indicator=period(indicator(parent)).indicator, base=1, facts=other)


def test_what_was_measured_is_not_removed(who):
    by = who("focal-point")
    made = measurement(period(indicator(frame())), "BR-MDS", "draft").period
    with pytest.raises(Refused, match="indicator stays"):
        indicators.remove_indicator(by=by, indicator=made.indicator)
    with pytest.raises(Refused, match="period stays"):
        periods.remove_period(by=by, period=made)
    with pytest.raises(Refused, match="they stay"):
        periods.edit_period(by=by, period=made, base=1, facts=period_facts(ends_on=date(YEAR, 6, 30)))
    with pytest.raises(Refused, match="remove them first"):
        actions.remove_result(by=by, result=made.indicator.result)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"starts_on": date(YEAR, 6, 1)}, "do not overlap"),
        ({"ends_on": date(YEAR, 1, 1), "starts_on": date(YEAR - 1, 1, 1)}, "do not overlap"),
        ({"starts_on": date(YEAR, 12, 31), "ends_on": date(YEAR, 1, 1)}, "before the first"),
        ({"starts_on": date(YEAR + 1, 1, 1), "ends_on": date(YEAR + 1, 1, 1), "target_numerator": D(1)}, "Only perc"),
    ],
    ids=str,
)
def test_a_period_that_cannot_be(who, values, said):
    made = period(indicator(frame())).indicator
    with pytest.raises(Refused, match=said):
        periods.add_period(by=who("focal-point"), indicator=made, facts=period_facts(**values))


@pytest.mark.parametrize(
    ("measure", "values", "said"),
    [
        ({"measure": "score", "best": 5}, {"target": D(6)}, "between 0 and 5"),
        ({"measure": "percentage"}, {"target": D(6)}, "numerator and a denominator"),
        ({"measure": "percentage"}, {"target_numerator": D(6)}, "numerator and a denominator"),
        ({"measure": "percentage"}, {"target_numerator": D(6), "target_denominator": D(0)}, "above 0"),
    ],
    ids=str,
)
def test_a_target_of_another_measure(who, measure, values, said):
    made = indicator(frame(), **measure)
    with pytest.raises(Refused, match=said):
        periods.add_period(by=who("focal-point"), indicator=made, facts=period_facts(**values))


def test_periods_that_touch_do_not_overlap(who):
    made = period(indicator(frame())).indicator
    days = period_facts(starts_on=date(YEAR + 1, 1, 1), ends_on=date(YEAR + 1, 12, 31))
    assert periods.add_period(by=who("focal-point"), indicator=made, facts=days).locked


def test_two_who_write_at_once_lose_nothing(who):
    first, second = who("focal-point"), who("coordination")
    made = period(indicator(frame()))
    found, changed = made.indicator, made.indicator.result
    actions.edit_result(by=first, result=changed, base=1, facts=facts(title={"en": "First"}))
    with pytest.raises(Conflict):
        actions.edit_result(by=second, result=changed, base=1, facts=facts())
    with pytest.raises(Conflict):
        actions.set_parent_frame(by=second, frame=changed.frame, base=1, parent=None)
    periods.edit_period(by=first, period=made, base=1, facts=period_facts(target=D(7)))
    with pytest.raises(Conflict):
        periods.edit_period(by=second, period=made, base=1, facts=period_facts(target=D(8)))
    with pytest.raises(Conflict):
        indicators.edit_indicator(by=second, indicator=found, base=1, facts=indicator_facts())
    made.refresh_from_db()
    changed.refresh_from_db()
    assert (made.target, changed.title) == (7, {"en": "First"})


@pytest.mark.parametrize(
    ("level", "target", "enough"), [("outcome", 5, True), ("impact", 5, False), ("output", None, False)]
)
def test_the_approval_asks_for_an_indicator_with_a_target(level, target, enough):
    made = frame()
    period(indicator(result(made, level)), target=target)
    missing = [gap for gap in lacking(made.initiative, "approve") if "indicator" in gap.text]
    assert (not missing) == enough
    if not enough:
        assert missing[0].url.endswith("/results/")


def test_the_database_adds_as_the_method_does():
    made = frame("BR-MDS", "CL-FOSIS", "PY-MDS", "MX-SEDESOL")
    units, scores = indicator(made), indicator(made, measure="score", best=5)
    shares = indicator(made, measure="percentage")
    measurement(period(units), "BR-MDS", value=D("0.1"))
    measurement(units.periods.get(), "CL-FOSIS", value=D("0.2"))
    measurement(units.periods.get(), "PY-MDS", "submitted", value=D(40))
    measurement(units.periods.get(), "MX-SEDESOL", not_applicable=True)
    measurement(period(scores), "BR-MDS", value=D(4))
    measurement(scores.periods.get(), "CL-FOSIS", value=D("2.5"))
    measurement(period(shares), "BR-MDS", numerator=D(1), denominator=D(3))
    measurement(shares.periods.get(), "PY-MDS", "draft", numerator=D(1), denominator=D(1))
    kinds = {one.periods.get().pk: PlainMeasure(one.measure) for one in (units, scores, shares)}
    found = tallies(Measurement.objects.filter(period__in=kinds), kinds)
    for key, kind in kinds.items():
        rows = Measurement.objects.filter(period=key)
        plain = tally(kind, [Measured(value_of(one, kind), one.state == "approved") for one in rows])
        assert found[key] == plain
    assert found[units.periods.get().pk].total == D("0.3")


def test_a_programme_adds_its_projects_and_what_was_added_by_hand(django_assert_num_queries):
    programme = frame()
    into = indicator(programme)
    measurement(period(into), "BR-MDS", value=D(1))
    for number in range(3):
        source = indicator(frame(parent=programme), rolls_into=into)
        made = period(source, starts_on=date(YEAR, 7, 1))
        if number:
            measurement(made, "BR-MDS", value=D(10))
    below = indicator(frame(parent=source.result.frame), rolls_into=source)
    measurement(period(below), "CL-FOSIS", value=D(100))
    with django_assert_num_queries(6):
        roll = rolled(None, programme)
    line = line_of(into, roll)
    assert line.value == "121 families" and line.periods[0].own == "1 families"
    assert (line.periods[0].reporting, line.periods[0].sources) == (2, 3)
    assert [part.level for part in by_level(results_of(programme), roll)] == ["outcome"]


def test_the_demonstration_is_entered_once_and_marked():
    assert load_results(by=None) is False
    pair = ResultFrame.objects.get(first="CHL", second="PRY")
    assert pair.fictional and all(one.fictional for one in ResultFrame.objects.all())
    assert any(one.national_target for row in results_of(pair) for one in row.indicators.all())


@pytest.mark.parametrize(
    ("above", "counting"),
    [
        ("published", {"published", "validated"}),
        ("validated", {"published", "validated"}),
        ("unilateral", {"unilateral"}),
        ("private", {"private", "notified", "disputed", "reconciled", "validated", "published"}),
    ],
)
def test_only_records_that_stand_as_the_parent_does_are_added(who, above, counting):
    into = indicator(frame(validation=above))
    whole = period(into)
    kinds = ("private", "notified", "disputed", "reconciled", "validated", "published", "unilateral")
    for place, kind in enumerate(kinds):
        below = indicator(frame(parent=into.result.frame, validation=kind), rolls_into=into)
        measurement(period(below), "BR-MDS", value=D(10**place))
    roll = rolled(who("secretariat"), into.result.frame)
    told = sum(10**place for place, kind in enumerate(kinds) if kind in counting)
    assert roll.indicators[into.pk].total[whole.pk].value == told
    assert roll.apart == len(kinds) - len(counting)


def test_merged_and_cancelled_records_count_nowhere(who):
    into = indicator(frame())
    whole = period(into)
    one, merged, cancelled = (frame(parent=into.result.frame) for _ in range(3))
    for below in (one, merged, cancelled):
        measurement(period(indicator(below, rolls_into=into)), "BR-MDS", value=D(10))
    Initiative.objects.filter(pk=merged.initiative_id).update(merged_into=one.initiative_id)
    Initiative.objects.filter(pk=cancelled.initiative_id).update(state="cancelled", reason="Because.")
    for user in (None, who("secretariat")):
        roll = rolled(user, into.result.frame)
        assert (roll.indicators[into.pk].total[whole.pk].value, roll.apart) == (10, 0)
