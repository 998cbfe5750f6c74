"""The world's flows: any question by its address, figures and files, two questions compared, how we know."""

import csv
import io
import json
import re

import pytest

from ayni.atlas.actions.snapshot import write_snapshot
from ayni.common.audit import record
from ayni.interop.actions.flows import load_flows, prepare_flows
from ayni.interop.models import FlowFile
from ayni.registry.models import PUBLIC_RECORDS, Initiative

PAGES: dict[str, dict[str, int | str]] = {
    "flows/": {"public": 1, "*": 3},
    "flows/?source=crs&measure=count&region=019&since=2019&until=2021": {"public": 1, "*": 3},
    "flows/?provider=ZZZ": {"public": 1, "*": 3},
    "flows/?source=crs&provider=DEU&provider=BRA&sector=160&sector=15110": {"public": 1, "*": 3},
    # The demonstration's: where axe looks at these pages (test_axe.py) they are full.
    "flows/?source=demo&provider=BRA&provider=CHL&since=2015": {"public": 1, "*": 3},
    "flows/compare/?a-source=demo&a-provider=BRA&b-source=demo&b-provider=MEX": {"public": 1, "*": 3},
    "flows/compare/?a-source=crs&b-source=registry": {"public": 1, "*": 3},
    "flows/coverage/": {"public": 1, "*": 3},
    "flows/map.csv?source=crs": {"public": 1, "*": 2},
    "flows/map.exe": {"*": "404"},
    "flows/none.csv": {"*": "404"},
    "flows/compare.csv?a-source=crs&b-source=registry": {"public": 1, "*": 2},
    "flows/compare.png": {"*": "404"},
    "flows/map.svg?theme=blue": {"*": "404"},
    "flows/map.csv?provider=ZZZ": {"*": "404"},
}
ROWS = """donor_name,recipient_name,year,value,base_period,amount_type,sector_code,flow_code
Germany,Brazil,2020,2,2022,Constant prices,16010,C01
Germany,Haiti,2021,1,2022,Constant prices,15110,D02
Brazil,Haiti,2021,1.5,2022,Constant prices,16010,D011
Haiti,Brazil,2021,0.5,2022,Constant prices,16010,D011
World Bank [IBRD],"Africa, regional",2019,4,2022,Constant prices,,C01
Germany,"Africa, Total",2019,99,2022,Constant prices,,C01
"""
FIGURES = ("map", "matrix", "years", "sankey", "network", "concentration", "roles")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def snapshot(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    settings.MEDIA_ROOT = tmp_path / "uploads"
    FlowFile.objects.all().delete()
    path = tmp_path / "crs.csv"
    path.write_text(ROWS)
    load_flows(by=None, prepared=prepare_flows(path=path, format="crs"))
    return write_snapshot()


def test_each_page(visit, path, role, language, expect):
    visit(path, role, language, expect)


def page(client, address):
    return client.get(f"/en/{address}").content.decode()


def figure(client, address):
    text = client.get(f"/en/flows/{address}").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_without_a_snapshot_the_page_says_how_to_make_one(client, settings, tmp_path):
    settings.DATA_FOLDER = tmp_path / "empty"
    for address in ("flows/", "flows/compare/", "flows/coverage/"):
        assert "./ayni snapshot" in page(client, address)
    assert client.get("/en/flows/map.csv").status_code == 404


def test_the_first_answer_is_the_network_s_own_and_the_others_are_ways_on(client):
    text = page(client, "flows/")
    assert "Records of the network · Validated by every side" in text
    assert "source=crs&amp;status=disbursement&amp;unit=USD+2022" in text


def test_the_address_holds_the_question(client):
    text = page(client, "flows/?source=crs&recipient=HTI&since=2021")
    assert "OECD CRS · Disbursements · USD, prices of 2022 · Recipient: Haiti · 2021–…" in text
    assert 'name="recipient" value="HTI" checked' in text
    assert [row[0] for row in figure(client, "map.csv?source=crs&recipient=HTI&since=2021")[1:]] == ["Haiti"]


def test_a_region_holds_those_that_lie_in_it_and_a_sector_its_purposes(client):
    rows = figure(client, "matrix.csv?source=crs&region=019&sector=160")
    assert {(row[0], row[1]) for row in rows[1:]} == {("Germany", "Brazil"), ("Brazil", "Haiti"), ("Haiti", "Brazil")}


def test_several_values_of_each_way_to_cut(client):
    asked = "source=crs&provider=BRA&provider=DEU&recipient=HTI&recipient=BRA&modality=D011&modality=D02"
    rows = figure(client, f"matrix.csv?{asked}")[1:]
    assert {(row[0], row[1]) for row in rows} == {("Germany", "Haiti"), ("Brazil", "Haiti")}
    text = page(client, f"flows/?{asked}")
    assert "Provider: Brazil, Germany" in text and 'name="provider" value="DEU" checked' in text
    assert "provider=BRA&amp;provider=DEU" in text
    # A group of sectors beside a single purpose of another one, and the regions of two places.
    both = figure(client, "years.csv?source=crs&sector=160&sector=15110&region=419&region=002")[1:]
    assert sum(float(row[1]) for row in both) == pytest.approx(5.0)
    value = json.loads(client.get(f"/en/flows/map.json?{asked}").content)
    assert value["question"]["provider"] == ["BRA", "DEU"]


def test_what_stands_twice_or_in_another_order_is_the_same_question(client):
    one, other = (
        client.get(f"/en/flows/matrix.json?{asked}").content
        for asked in (
            "source=crs&provider=BRA&provider=DEU",
            "provider=DEU&provider=BRA&provider=BRA&provider=&source=crs",
        )
    )
    assert one == other


def test_sums_of_a_file_are_never_counted(client):
    rows = figure(client, "map.csv?source=crs")
    assert sum(float(row[2]) for row in rows[1:]) == pytest.approx(9.0)


@pytest.mark.parametrize("code", FIGURES)
def test_each_figure_leaves_with_its_data_its_question_its_method_and_its_day(client, code, snapshot):
    head, *rows = figure(client, f"{code}.csv?source=crs")
    assert head[-3:] == ["Question", "Method", "Snapshot"]
    assert all(snapshot.checksum[:12] in row[-1] and "OECD CRS" in row[-3] and row[-2] for row in rows) and rows
    value = json.loads(client.get(f"/en/flows/{code}.json?source=crs").content)
    assert value["question"] == {"source": "crs"} and value["snapshot"]["checksum"] == snapshot.checksum
    assert client.get(f"/en/flows/{code}.svg?source=crs&theme=dark").content.startswith(b"<svg")
    assert client.get(f"/en/flows/{code}.png?source=crs").content.startswith(b"\x89PNG")


def test_what_comes_back_and_who_does_both(client):
    text = page(client, "flows/?source=crs")
    rows = {row[0]: row for row in figure(client, "roles.csv?source=crs")[1:]}
    assert set(rows) == {"Brazil", "Haiti"} and float(rows["Brazil"][3]) == pytest.approx(2 * 1.5 / 4)
    assert "Reciprocity: 0.111" in text


def test_records_instead_of_money(client):
    assert [row[2] for row in figure(client, "matrix.csv?source=crs&measure=count")[1:]] == ["1"] * 5 or all(
        float(row[2]) == 1 for row in figure(client, "matrix.csv?source=crs&measure=count")[1:]
    )


def test_the_registry_s_records_count_once(client):
    rows = figure(client, "years.csv?source=registry&status=unilateral")[1:]
    rows += figure(client, "years.csv?source=registry&status=validated")[1:]
    public = Initiative.objects.filter(validation__in=PUBLIC_RECORDS, merged_into__isnull=True)
    assert 0 < sum(float(row[1]) for row in rows) <= public.count()
    assert sum(float(row[1]) for row in rows) == pytest.approx(round(sum(float(row[1]) for row in rows)), abs=0.01)


def test_records_are_whole_where_their_parts_make_whole_ones(client):
    numbers = re.findall(r'key-figure__number">([^<]+)<', page(client, "flows/?source=registry"))
    assert numbers and all(one.replace(",", "").isdecimal() for one in numbers)


def test_two_questions_side_by_side(client):
    text = page(client, "flows/compare/?a-source=crs&a-provider=DEU&b-source=crs&b-provider=BRA")
    assert "Provider: Germany" in text and "Provider: Brazil" in text and "66.7 %" in text
    assert "finds nothing" in page(client, "flows/compare/?a-provider=ZZZ")


def test_before_a_second_question_is_asked_there_stands_the_whole_or_another_basis(client):
    part = page(client, "flows/compare/?a-source=crs&a-provider=DEU")
    assert part.count("Provider: Germany") == 1 and part.count("OECD CRS") > 1
    whole = page(client, "flows/compare/?a-source=crs")
    addresses = re.findall(r"compare\.csv\?([^\"]+)", whole)
    assert addresses and all(
        "a-source=crs" in one and "b-source=" in one and "b-source=crs" not in one for one in addresses
    )


def test_the_comparison_leaves_with_both_questions_its_method_and_its_day(client, snapshot):
    asked = "a-source=crs&a-provider=DEU&b-source=crs&b-provider=BRA&b-provider=HTI"
    assert f"/en/flows/compare.csv?{asked}".replace("&", "&amp;") in page(client, f"flows/compare/?{asked}")
    head, *rows = figure(client, f"compare.csv?{asked}")
    assert head[0] == "Cut" and len(head) == 10
    (haiti,) = [row for row in rows if row[:2] == ["Recipient", "Haiti"]]
    assert [float(haiti[2]), float(haiti[4])] == [1e6, 1.5e6]
    assert "Germany" in haiti[6] and "Brazil, Haiti" in haiti[7] and snapshot.checksum[:12] in haiti[9]
    value = json.loads(client.get(f"/en/flows/compare.json?{asked}").content)
    assert value["questions"][1]["provider"] == ["BRA", "HTI"] and len(value["rows"]) == len(rows)
    assert client.get("/en/flows/compare.csv?a-provider=ZZZ").status_code == 404
    assert client.get("/en/flows/compare.svg").status_code == 404


def test_how_we_know_tells_what_is_kept_apart(client, snapshot):
    text = page(client, "flows/coverage/")
    assert "sums of other rows: 1" in text and "crs.csv" in text and snapshot.checksum[:12] in text
    assert "Fictional" in text


def test_how_fresh_the_answer_is(client):
    assert "Nothing public has changed since." in page(client, "flows/")
    initiative = Initiative.objects.filter(validation__in=PUBLIC_RECORDS).first()
    record(by=None, verb="initiative edited", on=initiative)
    assert "Records have changed since" in page(client, "flows/")


def test_a_reader_of_french_reads_french_names(client):
    text = client.get("/fr/flows/?source=crs").content.decode()
    assert "Haïti" in text and "Allemagne" in text
