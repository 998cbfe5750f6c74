"""Loading files of flows: whole or not at all, again in their own place; and the command line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from ayni.accounts.models import User
from ayni.analytics.schema import rows_of
from ayni.common.errors import Refused
from ayni.common.models import AuditEvent
from ayni.interop.actions.demo_flows import load_demo_flows
from ayni.interop.actions.flows import load_flows, prepare_flows, remove_flows
from ayni.interop.formats.flows.options import Options
from ayni.interop.models import FlowFile
from ayni.interop.queries.flows import about, names, path_of, tables

pytestmark = pytest.mark.django_db
HEAD = "donor_name,recipient_name,year,value\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    FlowFile.objects.all().delete()


def file(tmp_path, text, name="crs.csv") -> Path:
    path = tmp_path / name
    path.write_text(HEAD + text)
    return path


def load(path, by=None, format="crs", **said):
    options = Options(file_name=path.name, **said)
    return load_flows(by=by, prepared=prepare_flows(path=path, format=format, options=options))


def values() -> list[float]:
    return sorted(row.value for table in tables() for row in rows_of(table))


def laid_down() -> set[str]:
    return {path.name for path in (Path(settings.MEDIA_ROOT) / "flows").glob("*.parquet")}


def test_loading_again_replaces_the_same_file_s_rows_only(tmp_path, django_capture_on_commit_callbacks):
    told = AuditEvent.objects.filter(verb="flows loaded")
    before = told.count()
    load(file(tmp_path, "Spain,Peru,2020,1\nIBRD [IBRD],Peru,2020,2\n"))
    load(file(tmp_path, "Chile,Haiti,2020,5\n", name="other.csv"))
    with django_capture_on_commit_callbacks(execute=True):
        loaded = load(file(tmp_path, "Spain,Peru,2020,3\n"))
    assert loaded.state == "changed" and values() == [3e6, 5e6]
    assert laid_down() == {path_of(one).name for one in FlowFile.objects.all()}
    assert told.count() == before + 3


def test_the_same_file_changes_nothing(tmp_path):
    path = file(tmp_path, "Spain,Peru,2020,1\n")
    first, second = load(path), load(path)
    assert (first.state, second.state) == ("new", "unchanged") and values() == [1e6]
    assert load(path, year=2000).state == "changed", "what is said of a file is part of it"


def test_a_file_of_which_no_row_counts_leaves_what_stands(tmp_path):
    load(file(tmp_path, "Spain,Peru,2020,1\n"))
    with override("en"), pytest.raises(Refused, match="Line 2: “Nowhere”"):
        load(file(tmp_path, "Spain,Nowhere,2020,1\n"))
    with pytest.raises(Refused):
        load(file(tmp_path, 'Spain,"Africa, Total",2020,1\n'))
    assert values() == [1e6] and len(laid_down()) == 1


def test_a_file_that_breaks_off_leaves_nothing_behind(tmp_path):
    with pytest.raises(Refused):
        load(file(tmp_path, 'Spain,Peru,2020,1\n"Spain,Peru,2020,1\n'))
    assert not laid_down() and not FlowFile.objects.exists()


def test_what_was_prepared_and_not_loaded_is_seen_by_nobody(tmp_path):
    prepare_flows(path=file(tmp_path, "Spain,Peru,2020,1\n"), format="crs")
    assert not values() and not about()


def test_a_file_removed_while_it_was_read_again(tmp_path):
    path = file(tmp_path, "Spain,Peru,2020,1\n")
    loaded = load(path)
    prepared = prepare_flows(path=path, format="crs", options=Options(file_name=path.name))
    remove_flows(by=None, file=loaded.file)
    with pytest.raises(Refused):
        load_flows(by=None, prepared=prepared)


def test_removing_a_file_takes_its_rows_out(tmp_path, django_capture_on_commit_callbacks):
    loaded = load(file(tmp_path, "Spain,Peru,2020,1\n"))
    with django_capture_on_commit_callbacks(execute=True):
        remove_flows(by=None, file=loaded.file)
    assert not values() and not laid_down()


def test_a_format_that_is_not_known(tmp_path):
    with pytest.raises(Refused):
        prepare_flows(path=file(tmp_path, ""), format="xls")
    with pytest.raises(Refused):
        prepare_flows(path=tmp_path / "none.csv", format="crs")


@pytest.mark.parametrize(("role", "allowed"), [("SEC", True), ("FP", False), ("NC", False), ("OBS", False)])
def test_who_may_load_and_remove(tmp_path, role, allowed, django_user_model):
    person = {user.email.split("@")[0]: user for user in User.objects.all()}
    by = next(user for user in person.values() if any(grant.role == ROLES[role] for grant in user.grants))
    prepared = prepare_flows(path=file(tmp_path, "Spain,Peru,2020,1\n"), format="crs")
    if allowed:
        loaded = load_flows(by=by, prepared=prepared)
        assert loaded.file.loaded_by == by
        remove_flows(by=by, file=loaded.file)
        return
    with pytest.raises(PermissionDenied):
        load_flows(by=by, prepared=prepared)
    loaded = load_flows(by=None, prepared=prepared)
    with pytest.raises(PermissionDenied):
        remove_flows(by=by, file=loaded.file)


ROLES = {"SEC": "secretariat", "FP": "focal-point", "NC": "national-coordinator", "OBS": "observer"}
WHOLE = {"format": "crs", "name": "a.csv", "checksum": "0" * 64, "rows_file": "flows/a.parquet", "rows": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"format": "xls"},
        {"name": ""},
        {"rows_file": ""},
        {"checksum": "abc"},
        {"rows": -1},
        {"apart": -1},
        {"problems": -1},
    ],
)
def test_the_table_refuses_a_row_that_is_wrong(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        FlowFile.objects.create(**{**WHOLE, **wrong}, loaded_at=timezone.now())


def test_the_table_holds_a_file_once():
    FlowFile.objects.create(**WHOLE, loaded_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        FlowFile.objects.create(**WHOLE, loaded_at=timezone.now())


def test_the_names_of_organisations_come_along(tmp_path):
    load(file(tmp_path, 'World Bank [IBRD],"Africa, regional",2020,2\n'))
    assert names() == {"org-ibrd": "World Bank [IBRD]", "reg-africa": "Africa, regional"}


def test_the_command_tells_what_it_did_as_json_and_in_words(tmp_path):
    path = file(tmp_path, 'Spain,Peru,2020,1\nSpain,"Africa, Total",2020,9\nSpain,Nowhere,2020,1\n')
    out = StringIO()
    call_command("flows", "load", str(path), "--format", "crs", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["state"], told["rows"], told["apart"], told["problems"]) == ("new", 1, {"aggregate": 1}, 1)
    assert told["findings"][0]["line"] == 4 and told["sums"] == {"disbursement/USD/unstated": {"rows": 1, "value": 1e6}}
    out = StringIO()
    call_command("flows", "--lang", "en", "load", str(path), "--format", "crs", "--prices", "2020", stdout=out)
    assert "disbursement/USD/2020" in out.getvalue() and "Nowhere" in out.getvalue()
    out = StringIO()
    call_command("flows", "list", stdout=out)
    assert "crs: crs.csv" in out.getvalue()
    call_command("flows", "remove", "crs.csv", stdout=out)
    with pytest.raises(Refused):
        call_command("flows", "remove", "crs.csv", stdout=out)
    with pytest.raises(Refused):
        call_command("flows", "load", str(path), "--format", "crs", "--prices", "now", stdout=out)


def test_of_several_files_one_that_cannot_go_in_is_named_and_the_others_go_in(tmp_path):
    paths = [
        file(tmp_path, "Spain,Peru,2020,1\n", name="first.csv"),
        file(tmp_path, "Spain,Peru,never,1\n", name="faulty.csv"),
        tmp_path / "absent.csv",
        file(tmp_path, "Chile,Haiti,2020,5\n", name="last.csv"),
    ]
    out, wrong = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("flows", "--lang", "en", "load", *map(str, paths), "--format", "crs", stdout=out, stderr=wrong)
    assert ended.value.code == 1
    assert [file.name for file in FlowFile.objects.order_by("name")] == ["first.csv", "last.csv"]
    assert out.getvalue().count("./ayni snapshot") == 1
    said = wrong.getvalue().splitlines()
    assert [line.split(":")[0] for line in said] == ["faulty.csv", "absent.csv"] and all(": " in line for line in said)


def test_invented_flows_are_a_source_of_their_own(tmp_path):
    load_demo_flows(by=None)
    load_demo_flows(by=None)
    (demo,) = FlowFile.objects.all()
    load(file(tmp_path, "Spain,Peru,2020,1\n"))
    sources = {row.source for table in tables() for row in rows_of(table)}
    assert demo.fictional and demo.problems == 0 and demo.rows == 900
    assert sources == {"demo", "crs"} == {one["source"] for one in about()}


def test_no_invented_flows_beside_a_file_that_somebody_loaded(tmp_path):
    load(file(tmp_path, "Spain,Peru,2020,1\n"))
    load_demo_flows(by=None)
    assert not FlowFile.objects.filter(fictional=True).exists()


def test_rows_that_are_gone_are_told_and_stop_nothing(tmp_path):
    load(file(tmp_path, "Spain,Peru,2020,1\n"))
    path_of(FlowFile.objects.get()).unlink()
    assert list(tables()) == [] and about()[0]["lost"]


def test_the_same_file_under_another_name_does_not_count_twice(tmp_path):
    text = "Spain,Peru,2020,1\n"
    load(file(tmp_path, text))
    with pytest.raises(Refused, match="stands already"):
        load(file(tmp_path, text, name="copy.csv"))
    assert values() == [1e6]


def test_what_was_unchanged_is_looked_at_again_when_it_goes_in(tmp_path):
    path = file(tmp_path, "Spain,Peru,2020,1\n")
    load(path)
    same = prepare_flows(path=path, format="crs")
    load(file(tmp_path, "Spain,Peru,2020,7\n"))
    with pytest.raises(Refused, match="replaced meanwhile"):
        load_flows(by=None, prepared=same)


def test_a_sum_is_held_against_the_parts_of_its_own_year_and_basis(tmp_path):
    world = '"All Developing Countries, Total"'
    text = f"Spain,Peru,2020,50\nSpain,{world},2020,50\nSpain,Peru,2021,10\nSpain,{world},2021,90\n"
    gaps = load(file(tmp_path, text)).file.report["gaps"]
    assert list(gaps.values()) == [80e6] and "2021" in next(iter(gaps))
