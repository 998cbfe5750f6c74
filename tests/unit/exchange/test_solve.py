"""`./ayni solve`: JSON alone on standard output; what is wrong in the input is told with its path, and ends with 2."""

import copy
import io
import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from ayni.exchange.formats.solve_input import InputFault, read
from ayni.methods.matching.profiles import WEIGHTS

MISSION = {
    "offers": [
        {"id": "o1", "country": "BRA", "quadrants": ["Q1", "Q3"], "languages": ["pt", "es"], "capacity_days": 20},
        {"id": "o2", "country": "CHL", "quadrants": ["Q3"], "languages": ["es"], "capacity_days": 10},
    ],
    "demands": [{"id": "d1", "country": "PRY", "languages": ["es"], "days": {"Q1": 10, "Q3": 5}}],
    "fit": [
        {"demand": "d1", "offer": "o1", "quadrant": "Q1", "value": 0.8},
        {"demand": "d1", "offer": "o1", "quadrant": "Q3", "value": 0.6},
        {"demand": "d1", "offer": "o2", "quadrant": "Q3", "value": 0.83},
    ],
}
TIMETABLE = {
    "slots": 2,
    "rooms": 1,
    "delegations": [
        {"id": "A", "languages": ["es"], "free": [0, 1]},
        {"id": "B", "languages": ["en"], "free": [0, 1]},
        {"id": "C", "languages": ["es"], "free": [1]},
    ],
    "interpreters": [{"pair": ["es", "en"], "count": 1}],
    "wishes": [
        {"id": "w1", "a": "A", "b": "B", "weight": 3},
        {"id": "w2", "a": "A", "b": "C", "weight": 2},
        {"id": "w3", "a": "B", "b": "C", "weight": 1},
    ],
}


MATCH = {
    "offers": [
        {
            "id": "o1",
            "country": "BRA",
            "topics": ["registry"],
            "quadrants": ["Q2"],
            "modalities": ["internship"],
            "languages": ["pt", "es"],
            "evidence": 3,
            "context": {"region": "south", "income": "upper"},
            "months": {"2026-03": 10},
            "cost": 50000,
        },
        {"id": "o2", "country": "CHL", "topics": ["registry", "systems"], "quadrants": ["Q2"], "languages": ["en"]},
        {"id": "o3", "country": "PRY", "topics": ["registry", "systems"]},
        {"id": "o4", "country": "PER", "published": False},
    ],
    "demands": [
        {
            "id": "d1",
            "country": "PRY",
            "topics": ["registry", "systems"],
            "quadrants": ["Q2"],
            "modalities": ["internship"],
            "languages": ["es"],
            "readiness": 2.4,
            "context": {"region": "south", "income": "lower", "population": "small", "state": "unitary"},
            "months": ["2026-03"],
            "days": 20,
            "budget": 40000,
            "agreements": ["BRA"],
        }
    ],
}


@pytest.fixture
def solve(tmp_path):
    def solved(kind: str, value: object, *options: str):
        file = tmp_path / "input.json"
        file.write_text(value if isinstance(value, str) else json.dumps(value))
        told = io.StringIO()
        call_command("solve", kind, "--input", str(file), *options, stdout=told)
        return json.loads(told.getvalue())

    return solved


def parts(mission: dict) -> dict[str, str]:
    return {part["quadrant"]: part["offer"] for part in mission["parts"]}


def test_a_mission_has_its_lead_its_value_and_the_ways_beside_it(solve):
    found = solve("mission", MISSION)
    [mission] = found["missions"]
    assert parts(mission) == {"Q1": "o1", "Q3": "o2"} and mission["lead"] == "BRA"
    assert mission["value"] == pytest.approx(0.8 + 0.83 - 0.05)
    assert (found["status"], found["gap"], found["unserved"]) == ("optimal", 0, [])
    assert [parts(other) for other in found["alternatives"]] == [{"Q1": "o1", "Q3": "o1"}]
    assert parts(found["single_provider"]) == {"Q1": "o1", "Q3": "o1"}


def test_a_portfolio_serves_whole_or_not_at_all(solve):
    value = copy.deepcopy(MISSION)
    value["demands"].append({"id": "d2", "country": "PER", "languages": ["es"], "days": {"Q1": 15}, "weight": 2})
    value["fit"].append({"demand": "d2", "offer": "o1", "quadrant": "Q1", "value": 0.9})
    found = solve("portfolio", value, "--time-limit", "5", "--seed", "3")
    assert [mission["demand"] for mission in found["missions"]] == ["d2"] and found["unserved"] == ["d1"]
    assert found["objective"] == pytest.approx(1.8) and found["bound"] == pytest.approx(1.8)


def test_a_timetable_holds_the_meetings_worth_most(solve):
    found = solve("timetable", TIMETABLE)
    assert [(meeting["wish"], meeting["slot"], meeting["interpreter"]) for meeting in found["meetings"]] == [
        ("w1", 0, ["en", "es"]),
        ("w2", 1, None),
    ]
    assert found["objective"] == 5 and found["unscheduled"] == ["w3"]


def test_a_late_change_moves_as_little_as_it_can(solve):
    standing = {"standing": [{"wish": "w2", "slot": 1}, {"wish": "w3", "slot": 1}], "move_cost": 0.5}
    found = solve("timetable", {**TIMETABLE, **standing})
    assert [meeting["wish"] for meeting in found["meetings"]] == ["w1", "w2"]
    assert (found["objective"], found["moved"]) == (4.5, ["w3"])
    with pytest.raises(CommandError, match=r"^\$\.standing\[0\]\.wish: "):
        solve("timetable", {**TIMETABLE, "standing": [{"wish": "w9", "slot": 1}]})


def test_nothing_to_serve_is_no_error(solve):
    assert solve("portfolio", {"offers": [], "demands": [], "fit": []})["status"] == "none"
    found = solve("mission", {**MISSION, "fit": []})
    assert (found["status"], found["missions"], found["unserved"]) == ("none", [], ["d1"])
    assert solve("timetable", {**TIMETABLE, "wishes": []})["meetings"] == []


def test_a_match_says_why_what_is_missing_and_who_stands_outside(solve):
    [found] = solve("match", MATCH, "--lang", "en")["rankings"]
    assert found["outside"] == {"own-country": 1, "not-published": 1}
    by_offer = {match["offer"]: match for match in found["matches"]}
    assert set(by_offer) == {"o1", "o2"}
    criteria = {one["criterion"]: one for one in by_offer["o1"]["criteria"]}
    # 25 x 1/2 + 15 + 15 x (1 to 3 of 4) + 12 + 10 x 0.8 + 8 x 1/2 + 5 + 5 + 5 x 4/5
    assert by_offer["o1"]["least"] == pytest.approx(12.5 + 15 + 15 / 4 + 12 + 8 + 4 + 5 + 5 + 4)
    assert by_offer["o1"]["most"] == pytest.approx(by_offer["o1"]["least"] + 15 / 2)
    assert criteria["topic"]["sentence"] == "The offer covers 50.0 % of the topics asked for."
    assert criteria["cost"]["sentence"] == "The budget covers 80.0 % of the cost."
    assert criteria["context"]["data"]["offer"] == {"context": {"region": "south", "income": "upper"}}
    assert by_offer["o1"]["to_ask"] == ["context"]
    assert by_offer["o2"]["to_ask"] == ["context", "evidence", "experts", "cost", "modality"]
    language = next(one for one in by_offer["o2"]["criteria"] if one["criterion"] == "language")
    assert language["sentence"] == "No language is shared, and interpretation is not budgeted."
    without = {one["criterion"]: one["leads_without"] for one in found["sensitivity"]}
    assert len(without) == 9 and set(without.values()) <= {"o1", "o2"}


def test_a_match_speaks_the_language_asked_for(solve):
    [found] = solve("match", MATCH, "--lang", "fr")["rankings"]
    assert "des thèmes demandés" in found["matches"][0]["criteria"][0]["sentence"]


def test_a_fair_portfolio_tells_its_price(solve):
    offers = [
        {"id": name, "country": name, "quadrants": ["Q1"], "languages": ["es"], "capacity_days": 40}
        for name in ("BRA", "CHL")
    ]
    demands = [{"id": name, "country": name, "languages": ["es"], "days": {"Q1": 10}} for name in ("PRY", "BOL")]
    fit = [
        {"demand": demand["id"], "offer": offer, "quadrant": "Q1", "value": value}
        for demand in demands
        for offer, value in (("BRA", 0.9), ("CHL", 0.88))
    ]
    found = solve("portfolio", {"offers": offers, "demands": demands, "fit": fit, "fair_within": 0.05})
    assert found["fairness"]["days"] == {"BRA": 10.0, "CHL": 10.0} and found["fairness"]["proved"]
    assert found["fairness"]["price_paid"] == pytest.approx(0.02 / 1.8)
    assert "fairness" not in solve("portfolio", {"offers": offers, "demands": demands, "fit": fit})


CALENDAR = {
    "experts": [
        {
            "id": "Ana",
            "offers": ["o1"],
            "quadrants": ["Q1", "Q3"],
            "free": {"2027-01": 10, "2027-02": 5},
            "daily_cost": 300,
        },
        {"id": "Rui", "offers": ["o2"], "quadrants": ["Q3"], "free": {"2027-02": 9}},
    ],
    "travel": {"BRA": 1000},
}


def test_a_mission_over_months_says_who_works_when_and_what_it_costs(solve):
    found = solve("mission", {**MISSION, "calendar": CALENDAR})
    assert (found["status"], found["to_ask"], found["lack"]) == ("optimal", [], None)
    [best] = found["missions"]
    assert (best["value"], best["finish"]) == (pytest.approx(1.58), "2027-02")
    assert [(one["month"], one["quadrant"], one["expert"], one["days"]) for one in best["work"]] == [
        ("2027-01", "Q1", "Ana", 10.0),
        ("2027-02", "Q3", "Rui", 5.0),
    ]
    assert best["cost"] == {"least": 4000.0, "most": None, "unknown": ["daily:Rui", "travel:CHL"]}
    assert found["single_provider"]["cost"]["least"] == 5500.0
    too_late = solve("mission", {**MISSION, "calendar": {**CALENDAR, "deadline": "2027-01"}})
    assert (too_late["status"], too_late["unserved"]) == ("none", ["d1"])
    # Q1 takes the whole of January: no month is left for Q3.
    assert too_late["lack"] == {"reason": "no-days", "quadrants": ["Q3"], "months": [], "days": 5.0}


@pytest.mark.parametrize("on", [True, False])
def test_texts_in_two_languages_count_where_the_topics_do_not_meet(solve, settings, on):
    settings.WORDING = on
    value = copy.deepcopy(MATCH)
    value["offers"] = [
        {
            "id": "o1",
            "country": "BRA",
            "topics": ["housing"],
            "text": "Cadastro único de beneficiários e sua integração com outros sistemas",
        },
        {"id": "o2", "country": "CHL", "topics": ["housing"]},
        {"id": "o3", "country": "PER", "topics": ["registry", "systems"], "text": "Comedores populares"},
    ]
    value["demands"][0]["text"] = "Integrar el registro único de beneficiarios con otros sistemas"
    [found] = solve("match", value, "--lang", "en")["rankings"]
    topic = {match["offer"]: match["criteria"][0] for match in found["matches"]}
    assert (topic["o2"]["least"], topic["o3"]["least"]) == (0.0, 1.0)
    assert not topic["o2"]["worded"] and not topic["o3"]["worded"]
    assert topic["o1"]["worded"] == on
    if on:
        assert 0.3 < topic["o1"]["least"] <= 0.5
        assert topic["o1"]["sentence"].startswith("The two texts are alike to ")
    else:
        assert topic["o1"]["least"] == 0.0


def changed(value: dict, *path: str | int, to: object) -> dict:
    value = copy.deepcopy(value)
    place = value
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = to
    return value


@pytest.mark.parametrize(
    ("kind", "value", "path"),
    [
        ("mission", changed(MISSION, "offers", 1, "capacity_days", to=-1), "$.offers[1].capacity_days"),
        ("mission", changed(MISSION, "offers", 0, "languages", to=[]), "$.offers[0].languages"),
        ("mission", changed(MISSION, "demands", 0, "days", to={}), "$.demands[0].days"),
        ("mission", changed(MISSION, "demands", 0, "days", "Q3", to=0), "$.demands[0].days.Q3"),
        ("mission", changed(MISSION, "fit", 2, "offer", to="o9"), "$.fit[2].offer"),
        ("mission", changed(MISSION, "fit", 2, "value", to="much"), "$.fit[2].value"),
        ("mission", changed(MISSION, "offers", 1, "id", to="o1"), "$.offers[1].id"),
        ("mission", {**MISSION, "demands": [], "fit": []}, "$.demands"),
        ("mission", {**MISSION, "fit": MISSION["fit"] + MISSION["fit"][:1]}, "$.fit[3]"),
        ("portfolio", {"offers": [], "demands": []}, "$"),
        ("match", changed(MATCH, "offers", 0, "evidence", to=4), "$.offers[0].evidence"),
        ("match", changed(MATCH, "offers", 0, "context", to={"weather": "fine"}), "$.offers[0].context.weather"),
        ("match", {**MATCH, "weights": {"topic": 1}}, "$.weights"),
        ("portfolio", {**MISSION, "calendar": {"experts": []}}, "$.calendar"),
        ("portfolio", {**MISSION, "fair_within": 2}, "$.fair_within"),
        ("mission", {**MISSION, "fair_within": 0.1}, "$.fair_within"),
        ("mission", {**MISSION, "calendar": changed(CALENDAR, "deadline", to="March")}, "$.calendar.deadline"),
        (
            "mission",
            {**MISSION, "calendar": changed(CALENDAR, "experts", 0, "free", to={"soon": 1})},
            "$.calendar.experts[0].free",
        ),
        (
            "mission",
            {**MISSION, "calendar": changed(CALENDAR, "experts", 1, "offers", to=["o9"])},
            "$.calendar.experts[1].offers[0]",
        ),
        ("portfolio", "{", "$"),
        ("portfolio", '{"offers": [], "demands": [], "fit": [], "coordination": NaN}', "$"),
        ("timetable", changed(TIMETABLE, "delegations", 2, "free", to=[]), "$.delegations[2].free"),
        ("timetable", changed(TIMETABLE, "delegations", 2, "free", to=[2]), "$.delegations[2].free[0]"),
        ("timetable", changed(TIMETABLE, "wishes", 0, "b", to="Z"), "$.wishes[0].b"),
        ("timetable", changed(TIMETABLE, "wishes", 0, "b", to="A"), "$.wishes[0].b"),
        ("timetable", changed(TIMETABLE, "rooms", to=0), "$.rooms"),
    ],
)
def test_what_is_wrong_is_told_with_its_path(solve, kind, value, path):
    with pytest.raises(CommandError) as told:
        solve(kind, value)
    assert told.value.returncode == 2
    assert str(told.value).startswith(f"{path}: ")


def test_a_file_that_is_not_there_or_not_text_ends_with_2(tmp_path):
    (tmp_path / "latin").write_bytes(b"\xe9")
    for name in ("nothing", "latin"):
        with pytest.raises(CommandError) as told:
            call_command("solve", "mission", "--input", str(tmp_path / name))
        assert told.value.returncode == 2


def test_standard_output_is_the_answer_alone(tmp_path):
    """In a process of its own: the solver greets from below Python."""
    file = tmp_path / "input.json"
    file.write_text(json.dumps(TIMETABLE))
    command = [sys.executable, "-P", "-m", "ayni.site", "solve", "timetable", "--input", str(file)]
    site = os.environ | {"DJANGO_SETTINGS_MODULE": "ayni.site.settings"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=site)
    assert json.loads(done.stdout)["status"] == "optimal"


def test_a_number_that_no_machine_holds_is_told_with_its_path():
    text = json.dumps(MISSION).replace('"capacity_days": 20', '"capacity_days": 1e999')
    with pytest.raises(InputFault, match="too large") as caught:
        read(text, "portfolio")
    assert caught.value.path == "$.offers[0].capacity_days"


def test_a_weight_of_no_criterion_is_told_with_its_path():
    with pytest.raises(InputFault, match="not known"):
        read(json.dumps(MATCH | {"weights": dict(WEIGHTS) | {"charm": 1}}), "match")
