"""Totals that a report leaves to the reader: the trend fills them from their parts, says so, and books nothing."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.facts import DocumentFacts
from tests.warehouse_help import ask, book, document, figure
from warehouse import Partition, WarehouseError, open_run, publish, read_partitions

SHIPPED = Path(__file__).parent.parent / "reference" / "partitions.csv"
ORIGIN = Partition("来源", "", ("本土", "境外输入"), absent_is_zero=True)
TRADE = Partition("进出口", "进出口", ("进口", "出口"), absent_is_zero=False)
POINTS = "SELECT obs_value, qualifier FROM trend WHERE indicator = ? ORDER BY time_end"


def report(day: int, said: dict[str, str], **more: object) -> DocumentFacts:
    """A report of 2022-04-``day`` that gives each indicator its value."""
    text = "，".join(f"{indicator}{value}例" for indicator, value in said.items())
    when = date(2022, 4, day).isoformat()
    figures = [
        figure(
            value,
            text,
            start=text.index(f"{indicator}{value}例") + len(indicator),
            unit="例",
            indicator=indicator,
            **{"time_start": when, "time_end": when, **more},
        )
        for indicator, value in said.items()
    ]
    return document(f"{day:02}.txt", text, *figures, published_on=date(2022, 4, day + 1))


def points(data_dir: Path, indicator: str) -> list[tuple[Decimal, str]]:
    return ask(data_dir, POINTS.replace("?", f"'{indicator}'"))


def test_parts_that_are_all_stated_give_the_total_and_its_change(tmp_path):
    book(
        tmp_path,
        report(1, {"出院病例": "10"}),
        report(2, {"本土出院病例": "12", "境外输入出院病例": "3"}),
        partitions=[ORIGIN],
    )
    ((value, qualifier, change, figure_, parts, name),) = ask(
        tmp_path,
        "SELECT obs_value, qualifier, delta, observation_id, parts, document FROM trend"
        " WHERE indicator = '出院病例' AND time_end = DATE '2022-04-02'",
    )
    assert (value, qualifier, change, figure_, name) == (15, "exact", 5, None, "02.txt")
    stated = ask(tmp_path, f"SELECT obs_value FROM observations WHERE list_contains({parts}, observation_id)")
    assert sorted(stated) == [(3,), (12,)]


def test_a_part_left_out_as_zero_makes_the_total_a_lower_bound(tmp_path):
    book(tmp_path, report(1, {"出院病例": "10"}), report(2, {"境外输入出院病例": "3"}), partitions=[ORIGIN])
    assert points(tmp_path, "出院病例") == [(10, "exact"), (3, "at_least")]


def test_a_part_that_may_be_anything_makes_no_total(tmp_path):
    said = [report(1, {"进出口货物": "10"}), report(2, {"出口货物": "4"})]
    book(tmp_path, *said, partitions=[TRADE])
    assert points(tmp_path, "进出口货物") == [(10, "exact")]
    book(tmp_path, *said, report(3, {"出口货物": "4", "进口货物": "5"}), partitions=[TRADE])
    assert points(tmp_path, "进出口货物") == [(10, "exact"), (9, "exact")]


def test_a_stated_total_stands_whatever_its_parts_say(tmp_path):
    book(
        tmp_path,
        report(1, {"出院病例": "10", "本土出院病例": "12", "境外输入出院病例": "3"}),
        partitions=[ORIGIN],
    )
    assert points(tmp_path, "出院病例") == [(10, "exact")]


def test_nothing_but_the_trend_holds_such_a_total(tmp_path):
    book(tmp_path, report(1, {"出院病例": "10"}), report(2, {"本土出院病例": "12"}), partitions=[ORIGIN])
    for view in ("latest", "observations", "as_published_on('2022-05-01')"):
        assert len(ask(tmp_path, f"SELECT obs_value FROM {view}")) == 2
    assert len(ask(tmp_path, "SELECT obs_value FROM trend")) == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"出院病例": "10"}, {"本土出院病历": "12"}),
        ({"人均收入": "10"}, {"城镇人均收入": "12", "乡村人均收入": "8"}),
        ({"本土出院病例": "10"}, {"境外输入出院病例": "12"}),
        ({"出院病例": "10"}, {"本土出院病例": "12", "出院本土病例": "13"}),
    ],
    ids=["another thing", "of one head", "no total anywhere", "two values of one part"],
)
def test_what_is_no_part_or_does_not_add_up_makes_no_total(tmp_path, first, second):
    homes = Partition("城乡", "", ("城镇", "乡村"), absent_is_zero=True)
    book(tmp_path, report(1, first), report(2, second), partitions=[ORIGIN, homes])
    assert ask(tmp_path, "SELECT count(*) FROM trend WHERE parts IS NOT NULL") == [(0,)]


def test_parts_of_two_reports_are_not_added(tmp_path):
    other = report(2, {"境外输入出院病例": "3"})
    book(
        tmp_path,
        report(1, {"出院病例": "10"}),
        report(2, {"本土出院病例": "12"}),
        document("other.txt", other.text, *other.figures, published_on=date(2022, 4, 4)),
        partitions=[ORIGIN],
    )
    assert points(tmp_path, "出院病例") == [(10, "exact"), (3, "at_least")]


def test_a_month_does_not_fill_the_days(tmp_path):
    month = {"time_start": "2022-03-01", "time_end": "2022-03-31"}
    book(tmp_path, report(1, {"出院病例": "10"}), report(2, {"本土出院病例": "99"}, **month), partitions=[ORIGIN])
    assert points(tmp_path, "出院病例") == [(10, "exact")]


@pytest.mark.parametrize(("stated", "total"), [("approximate", "approximate"), ("at_least", "at_least")])
def test_a_total_is_no_more_exact_than_its_parts(tmp_path, stated, total):
    book(
        tmp_path,
        report(1, {"出院病例": "10"}),
        report(2, {"本土出院病例": "12", "境外输入出院病例": "3"}, qualifier=stated),
        partitions=[ORIGIN],
    )
    assert points(tmp_path, "出院病例") == [(10, "exact"), (15, total)]


def test_partitions_can_change_without_reading_a_report_again(tmp_path):
    book(tmp_path, report(1, {"出院病例": "10"}), report(2, {"本土出院病例": "12"}))
    for partitions, changed, held in (([ORIGIN], True, 2), ([ORIGIN], False, 2), ([], True, 1)):
        with open_run(tmp_path) as run:
            assert publish(run, partitions=partitions).changed == changed
        assert len(points(tmp_path, "出院病例")) == held


@settings(max_examples=8, deadline=None)
@given(values=st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=12))
def test_every_day_has_the_sum_of_its_parts(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("days")
    days = [
        report(day, {"本土出院病例": str(a), "境外输入出院病例": str(b)}) for day, (a, b) in enumerate(values, start=2)
    ]
    book(folder, report(1, {"出院病例": "10"}), *days, partitions=[ORIGIN])
    assert points(folder, "出院病例") == [(10, "exact"), *((a + b, "exact") for a, b in values)]


def test_the_table_of_partitions_is_read_and_a_wrong_one_is_refused(tmp_path):
    assert ORIGIN in read_partitions(SHIPPED)
    path = tmp_path / "partitions.csv"
    for text, why in (
        ("a,b\n1,2\n", "its columns are a, b"),
        ("partition,absent,whole,part\n来源,zero,,本土\n", "the rows of 来源 do not make one"),
        ("partition,absent,whole,part\n来源,zero,,本土\n来源,unknown,,境外\n", "the rows of 来源 do not make one"),
        ("partition,absent,whole,part\n来源,maybe,,本土\n来源,maybe,,境外\n", "the rows of 来源 do not make one"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(WarehouseError, match="is no table of partitions") as told:
            read_partitions(path)
        assert why in str(told.value)


def test_a_night_fills_the_totals_from_the_shipped_table(tmp_path, taizhang):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for day, said in ((3, "新增出院病例7例"), (4, "新增本土出院病例5例，新增境外输入出院病例4例")):
        (inbox / f"{day}.txt").write_text(f"2023年2月{day}日0—24时，全市{said}。\n", encoding="utf-8")
        told = {"published_on": f"2023-02-{day + 1:02}", "place": "海宁市"}
        (inbox / f"{day}.meta.json").write_text(json.dumps(told), encoding="utf-8")
    done = taizhang("run", "--inbox", inbox, "--data", tmp_path / "data")
    assert done.code == 0
    assert points(tmp_path / "data", "新增出院病例") == [(7, "exact"), (9, "exact")]
