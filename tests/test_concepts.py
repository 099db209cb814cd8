"""One thing under many wordings: the concept of an indicator, and the series that wordings share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.concepts import Synonyms
from schemas.identity import normal_form
from tests.warehouse_help import ask, book, level
from warehouse import WarehouseError, open_run, publish, read_synonyms

SHIPPED = read_synonyms(Path(__file__).parent.parent / "reference" / "synonyms.csv")


def concept(words: str) -> str:
    return SHIPPED.concept(normal_form(words))


@pytest.mark.parametrize(
    "wordings",
    [
        ("新增本土确诊病例", "新增报告本土确诊病例", "报告新增本土新冠肺炎确诊病例", "本土新增确诊"),
        ("治愈出院病例", "出院患者"),
        ("在院治疗病例", "现有住院病例", "尚在院病例"),
        ("居民消费价格同比增长", "居民消费价格指数同比增长", "CPI同比增长", "居民消费价格总水平同比增长"),
        ("社会消费品零售总额", "社零总额"),
        ("城镇新增就业", "城镇新增就业人数", "新增城镇就业人员"),
        ("全市完成固定资产投资", "固定资产投资额"),
        ("受理量", "受理总量"),
    ],
    ids=lambda wordings: wordings[0],
)
def test_wordings_of_one_thing_have_one_concept(wordings):
    assert len({concept(words) for words in wordings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("本土确诊病例", "境外输入确诊病例"),
        ("新增确诊病例", "累计确诊病例"),
        ("无症状感染者转为确诊病例", "确诊病例转为无症状感染者"),
        ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("出口占进口比重", "进口占出口比重"),
        ("完成率", "率"),
        ("受理量同比增长", "受理量环比增长"),
    ],
)
def test_different_things_keep_different_concepts(one, other):
    assert concept(one) != concept(other)


@given(st.permutations(["新增", "本土", "确诊", "出院"]))
def test_known_concepts_may_stand_in_any_order(words):
    assert concept("".join(words)) == concept("新增本土确诊出院")


@given(st.text(alphabet="学校面积道路投诉", min_size=1, max_size=8))
def test_words_that_the_table_does_not_know_stand_for_themselves(words):
    assert Synonyms({}).concept(words) == words
    assert words in concept(words)


def test_a_name_of_which_the_table_would_leave_nothing_stays():
    assert Synonyms({"全市": ""}).concept("全市") == "全市"


def test_wordings_share_a_series_and_the_commonest_is_its_label(tmp_path):
    synonyms = Synonyms({"接种": "接种", "累计": "累计", "剂次": ""})
    reports = [
        level(f"{n}.txt", str(100 + n), f"2021-12-0{n}", day=f"2021-11-2{n}", figure={"indicator": words})
        for n, words in enumerate(("累计接种", "接种累计", "累计接种剂次", "累计接种"), start=1)
    ]
    for n, place in enumerate(("甲区", "乙区")):
        reports.append(
            level(f"x{n}.txt", "7", "2021-12-09", day="2021-11-30", figure={"indicator": "累计接种", "place": place})
        )
    book(tmp_path, *reports, synonyms=synonyms)
    assert ask(tmp_path, "SELECT DISTINCT indicator FROM latest") == [("累计接种",)]
    assert ask(tmp_path, "SELECT count(DISTINCT series_id) FROM latest WHERE place = '惠济区'") == [(1,)]
    assert ask(tmp_path, "SELECT count(DISTINCT indicator_stated) FROM latest WHERE place = '惠济区'") == [(3,)]


def test_a_mapped_name_is_the_label_of_all_its_wordings(tmp_path):
    synonyms = Synonyms({"接种": "接种", "累计": "累计"})
    words = {"figure": {"indicator": "接种累计"}}
    book(
        tmp_path,
        level("a.txt", "100", "2021-12-01"),
        level("b.txt", "120", "2021-12-02", day="2021-11-24", **words),
        synonyms=synonyms,
        indicators={"累计接种": "接种总量", "接种累计": "接种总量"},
    )
    assert ask(tmp_path, "SELECT DISTINCT indicator FROM latest") == [("接种总量",)]
    assert ask(tmp_path, "SELECT count(DISTINCT series_id) FROM latest") == [(1,)]


def test_the_table_can_change_without_reading_a_report_again(tmp_path):
    words = {"figure": {"indicator": "接种累计"}}
    book(tmp_path, level("a.txt", "100", "2021-12-01"), level("b.txt", "120", "2021-12-02", day="2021-11-24", **words))
    before = ask(tmp_path, "SELECT observation_id, known_from FROM observations ORDER BY ALL")
    for table, changed, series in (({"接种": "接种", "累计": "累计"}, True, 1), ({}, True, 2), ({}, False, 2)):
        with open_run(tmp_path) as run:
            assert publish(run, synonyms=Synonyms(table)).changed == changed
        assert ask(tmp_path, "SELECT count(DISTINCT series_id) FROM latest") == [(series,)]
    assert ask(tmp_path, "SELECT observation_id, known_from FROM observations ORDER BY ALL") == before


def test_a_wrong_table_of_synonyms_is_refused(tmp_path):
    path = tmp_path / "synonyms.csv"
    path.write_text("word,meaning\n接种,接种\n", encoding="utf-8")
    with pytest.raises(WarehouseError, match="is no table of synonyms"):
        read_synonyms(path)


def test_an_identity_depends_on_no_order_of_arrival(tmp_path):
    synonyms = Synonyms({"接种": "接种", "累计": "累计"})
    reports = [
        level("a.txt", "100", "2021-12-01"),
        level("b.txt", "120", "2021-12-02", day="2021-11-24", figure={"indicator": "接种累计"}),
    ]
    told = "SELECT series_id, indicator, obs_value FROM trend ORDER BY ALL"
    book(tmp_path / "one", *reports, synonyms=synonyms)
    for report in reversed(reports):
        book(tmp_path / "two", report, synonyms=synonyms)
    assert ask(tmp_path / "one", told) == ask(tmp_path / "two", told)
    assert date(2021, 11, 24) in {row[0] for row in ask(tmp_path / "two", "SELECT time_end FROM trend")}
