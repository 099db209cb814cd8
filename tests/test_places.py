"""Places in running text: what is one, what is not, which code it has, what a relative one stands for."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.place_lists import counties
from flows.extract.place_scan import lexicon
from flows.extract.place_table import by_code, candidates, fold, name_of, rows
from flows.extract.places import PlaceMention, code_of, contains, find_places, parent_of, resolve_relative
from flows.extract.reference import REFERENCE


def names(text: str, within: str | None = None) -> list[str]:
    return [mention.name for mention in find_places(text, within=within)]


def codes(text: str, within: str | None = None) -> list[str | None]:
    return [mention.code for mention in find_places(text, within=within)]


class TestFullNames:
    def test_a_chain_is_read_from_province_to_town(self) -> None:
        mentions = find_places("河南省郑州市惠济区古荥镇新建2所公厕。")
        assert [(m.name, m.code, m.level) for m in mentions] == [
            ("河南省", "410000", "province"),
            ("郑州市", "410100", "prefecture"),
            ("惠济区", "410108", "county"),
            ("古荥镇", None, "town"),
        ]

    @pytest.mark.parametrize(
        ("text", "name", "code"),
        [
            ("巴林左旗草原返青", "巴林左旗", "150422"),
            ("恩施州粮食增产", "恩施州", "422800"),
            ("内蒙古自治区用电量", "内蒙古自治区", "150000"),
            ("新疆生产建设兵团棉花面积", "新疆生产建设兵团", "660000"),
            ("临平区图书馆开放", "临平区", "330113"),
            ("长白县降雨", "长白县", "220623"),
            ("全州县水库蓄水", "全州县", "450324"),
            ("神农架林区客流", "神农架林区", "429021"),
        ],
    )
    def test_each_kind_of_division_has_its_code(self, text: str, name: str, code: str) -> None:
        assert [(m.name, m.code) for m in find_places(text)] == [(name, code)]

    def test_every_name_of_the_table_is_found_with_its_code_after_its_parent(self) -> None:
        for row in rows():
            if row.level == "nation":
                continue
            parent = by_code()[row.parent].name
            mentions = find_places(f"去年，{parent}{row.name}修路9公里。")
            last = mentions[-1]
            assert last.end == 3 + len(parent) + len(row.name), row
            if len({p.code for p in candidates(parent)}) == 1:
                assert last.code == code_of(row.name, row.parent), row
            else:
                assert last.code in {p.code for p in candidates(row.name)}, row

    def test_namesakes_are_decided_by_the_place_before(self) -> None:
        assert codes("开封市鼓楼区和福州市鼓楼区各建1座公园") == ["410200", "410204", "350100", "350102"]

    def test_namesakes_are_decided_by_the_place_of_the_report(self) -> None:
        assert codes("鼓楼区绿地面积") == [None]
        assert codes("鼓楼区绿地面积", within="徐州市") == ["320302"]
        assert codes("鼓楼区绿地面积", within="410200") == ["410204"]

    def test_a_county_after_its_former_parent_keeps_the_parent_of_that_time(self) -> None:
        assert codes("巢湖市无为县水稻开镰") == ["341400", "341422"]

    @pytest.mark.parametrize(
        "text",
        [
            "江北区域协作会",
            "集中山区学生到镇上读书",
            "沿海城市用水",
            "新增城市绿地5公顷",
            "大城市郊区菜地",
            "振兴县域经济",
        ],
    )
    def test_a_name_inside_other_words_is_no_place(self, text: str) -> None:
        assert names(text) == []

    def test_a_name_that_is_a_common_noun_needs_its_parent_or_a_sibling(self) -> None:
        assert names("城区道路改造，郊区除外") == []
        assert codes("阳泉市郊区、城区、矿区各有1家") == ["140300", "140311", "140302", "140303"]

    def test_the_last_character_of_a_city_may_begin_a_word(self) -> None:
        assert names("郑州市场监管部门抽检9批") == ["郑州"]
        assert names("郑州市政务大厅办件9项") == ["郑州市"]


class TestShortNames:
    def test_provinces_and_prefectures_are_known_by_their_short_names(self) -> None:
        assert codes("河南新修公路，合肥3户、六安2户") == ["410000", "340100", "341500"]

    def test_the_province_comes_before_the_city_of_the_same_short_name(self) -> None:
        assert codes("吉林降雪") == ["220000"]
        assert codes("吉林省吉林市降雪") == ["220000", "220200"]

    @pytest.mark.parametrize(
        "text",
        [
            "混合肥料500吨",
            "完成都市农业规划",
            "合理均衡水平",
            "制定西部方案",
            "推广安全用电",
            "美丽江面栈道",
            "其中国家级9篇",
        ],
    )
    def test_a_short_name_inside_other_words_is_no_place(self, text: str) -> None:
        assert names(text) == []

    def test_an_ambiguous_short_name_counts_among_places_only(self) -> None:
        assert names("全年日照2000小时") == []
        assert names("潍坊3家、日照2家、临沂1家") == ["潍坊", "日照", "临沂"]

    def test_counties_by_short_names_in_a_list(self) -> None:
        mentions = find_places("在巴州、恩阳、南江、通江、平昌五地开工")
        assert [m.name for m in mentions] == ["巴州", "恩阳", "南江", "通江", "平昌"]
        assert [m.code for m in mentions] == ["511902", "511903", "511922", "511921", "511923"]

    def test_a_list_of_other_words_makes_no_counties(self) -> None:
        assert names("抓好教育、文化、和平、卫生、体育工作") == []

    def test_districts_of_the_place_of_the_report_by_short_names(self) -> None:
        text = "其中徐汇12户、静安9户、虹口3户"
        assert names(text, within="上海市") == ["徐汇", "静安", "虹口"]
        assert names(text) == []


class TestNotPlaces:
    @pytest.mark.parametrize(
        "text",
        [
            "郑州日报记者报道",
            "北京路改造800米",
            "南京东路商圈",
            "上海浦东国际机场旅客",
            "河南中烟缴税",
            "郑州大学扩招",
            "郑州国际汽车园招工",
            "郑州宏达汽车工业有限公司投产",
            "中国银行上海分行放贷",
            "瑞丽市民族医院收治3人",
            "广州市第二中学招生",
            "黑河流域治理",
            "中国人民银行公布",
        ],
    )
    def test_roads_companies_and_institutions(self, text: str) -> None:
        assert names(text) == []

    def test_a_city_with_companies_is_still_a_place(self) -> None:
        assert names("郑州市新增9家公司") == ["郑州市"]

    def test_a_subdistrict_named_after_a_road_is_a_place(self) -> None:
        mentions = find_places("黄浦区南京东路街道办结9件")
        assert [(m.name, m.level) for m in mentions] == [("黄浦区", "county"), ("南京东路街道", "town")]

    def test_a_town_that_bears_the_name_of_a_city_is_not_the_city(self) -> None:
        assert names("朝阳区乐山镇栽树") == ["朝阳区", "乐山镇"]


class TestRelative:
    @pytest.mark.parametrize("word", ["全区", "全市", "全省", "全县", "我省", "我市", "本市", "该县", "全旗", "全镇"])
    def test_relative_places(self, word: str) -> None:
        (mention,) = find_places(f"年末，{word}共有公厕9座")
        assert (mention.name, mention.kind, mention.code) == (word, "relative", None)

    def test_the_nation_has_a_code(self) -> None:
        assert codes("全国粮食产量") == codes("我国粮食产量") == codes("中国粮食产量") == ["100000"]

    def test_that_district_is_the_one_named_last(self) -> None:
        last = find_places("金水区建园3处，该区绿地增加")[-1]
        assert (last.name, last.code, resolve_relative(last, "郑州市")) == ("该区", "410105", "金水区")
        traditional = find_places("晉源區建園3處，該區綠地增加")[-1]
        assert resolve_relative(traditional, "晉源區") == "晉源區"

    @pytest.mark.parametrize("text", ["安全区域", "全市场监测", "资本市场", "基本县情", "自我国产化", "健全省级机制"])
    def test_the_same_characters_in_other_words(self, text: str) -> None:
        assert names(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "创建全国文明城市",
            "获全国先进集体称号",
            "增速高于全国0.8个百分点",
            "总量居全省第3位",
            "占全市的12%",
            "入选全国试点",
        ],
    )
    def test_titles_ranks_and_yardsticks_are_not_the_place_of_a_figure(self, text: str) -> None:
        assert names(text) == []

    @pytest.mark.parametrize("text", ["全市第一产业增加值", "全市前三季度用电", "全省先进制造业产值", "全国平均气温"])
    def test_words_that_only_look_like_ranks(self, text: str) -> None:
        assert len(names(text)) == 1

    @pytest.mark.parametrize(
        ("word", "place", "name"),
        [
            ("全区", "惠济区", "惠济区"),
            ("全市", "惠济区", "郑州市"),
            ("我省", "惠济区", "河南省"),
            ("全市", "新郑市", "新郑市"),
            ("全区", "广西壮族自治区", "广西壮族自治区"),
            ("全区", "百色市", "广西壮族自治区"),
            ("全州", "恩施市", "恩施土家族苗族自治州"),
            ("全国", "惠济区", "全国"),
            ("我国", None, "全国"),
            ("全区", "郑州市", None),
            ("全省", None, None),
            ("全市", "河南省开封市鼓楼区", "开封市"),
            ("全市", "410108", "郑州市"),
            ("金水区", "郑州市", "金水区"),
            ("該區", "晉源區", "晉源區"),
            ("全市", "晉源區", "太原市"),
        ],
    )
    def test_what_a_relative_place_stands_for(self, word: str, place: str | None, name: str | None) -> None:
        assert resolve_relative(word, place) == name
        assert resolve_relative(PlaceMention(0, len(word), word, None, "county", "relative"), place) == name


class TestZones:
    def test_zones_by_full_and_everyday_names(self) -> None:
        mentions = find_places("惠济区、经开区、高新区、航空港区各拨款1万元")
        assert [(m.kind, m.code) for m in mentions] == [
            ("name", "410108"),
            ("zone", "410171"),
            ("zone", "410172"),
            ("zone", "410173"),
        ]

    def test_a_zone_takes_the_place_before_it(self) -> None:
        assert [(m.name, m.code) for m in find_places("郑州高新区招商，郑东新区植树")] == [
            ("郑州高新区", "410172"),
            ("郑东新区", "410100A"),
        ]

    def test_a_new_area_that_is_a_district_has_its_code(self) -> None:
        assert codes("上海浦东新区进口") == ["310000", "310115"]

    @pytest.mark.parametrize("text", ["建成3个国家级高新区", "推动开发区改革", "农业示范区5家", "绿色工业园区"])
    def test_kinds_of_zones_are_no_zones(self, text: str) -> None:
        assert names(text) == []


class TestTowns:
    def test_in_a_list(self) -> None:
        assert names("在古荥镇、花园口镇和大河路街道试点") == ["古荥镇", "花园口镇", "大河路街道"]

    def test_at_the_head_of_a_clause_in_a_report_of_their_county(self) -> None:
        assert names("古荥镇铺管9公里。", within="惠济区") == ["古荥镇"]

    @pytest.mark.parametrize(
        "text", ["惠济区各乡镇", "惠济区美丽乡村", "惠济区特色小镇", "惠济区城镇居民", "惠济区两镇"]
    )
    def test_common_nouns(self, text: str) -> None:
        assert names(text) == ["惠济区"]


class TestCountries:
    def test_countries_and_their_role(self) -> None:
        mentions = find_places("本市新增病例6例，来自美国3例、法国2例、海地1例")
        assert [(m.name, m.code, m.role) for m in mentions] == [
            ("本市", None, "place"),
            ("美国", "US", "counterpart"),
            ("法国", "FR", "counterpart"),
            ("海地", "HT", "counterpart"),
        ]

    @pytest.mark.parametrize("text", ["提高道德国民素质", "沿海地带", "参加纳凉晚会"])
    def test_a_country_inside_other_words(self, text: str) -> None:
        assert names(text) == []

    def test_travel_histories_are_counterparts(self) -> None:
        assert [m.role for m in find_places("浙江报告2例，均有武汉居住史")] == ["place", "counterpart"]


class TestTable:
    def test_codes_by_name_place_and_day(self) -> None:
        assert code_of("惠济区") == "410108"
        assert code_of("朝阳区") is None
        assert code_of("朝阳区", within="北京") == "110105"
        assert code_of("莱芜市", on="2015-06-30") == "371200"
        assert code_of("没有这个县") is None
        assert code_of("晉源區") == code_of("晋源区", within="山西") == "140110"

    def test_every_dated_name_has_its_code_in_the_month_it_began(self) -> None:
        for row in rows():
            if not row.valid_from:
                continue
            found = code_of(row.name, row.parent, f"{row.valid_from}-15")
            same = {p.code for p in candidates(row.name, row.parent) if p.valid(row.valid_from)}
            assert found == row.code if len(same) == 1 else found in {None, *same}, row

    def test_a_name_out_of_force_has_the_code_of_the_nearest_day(self) -> None:
        assert code_of("宣武区", on="2022-01-01") == "110104"
        assert code_of("临平区", on="2019-01-01") == "330113"

    def test_parents_lead_to_the_nation(self) -> None:
        assert [parent_of("410108"), parent_of("410100"), parent_of("410000")] == ["410100", "410000", "100000"]
        assert parent_of("100000") is None
        assert parent_of("no such code") is None
        for row in rows():
            assert contains("100000", row.code), row

    def test_containment(self) -> None:
        assert contains("410000", "410108")
        assert contains("410108", "410108")
        assert not contains("410108", "410000")
        assert not contains("420000", "410108")
        assert name_of("410108") == "惠济区"

    def test_the_table_is_well_formed(self) -> None:
        keys = [(row.code, row.name) for row in rows()]
        assert len(keys) == len(set(keys))
        for row in rows():
            assert row.level in ("nation", "province", "prefecture", "county", "zone")
            assert not row.valid_to or row.valid_from < row.valid_to, row
            assert row.parent in by_code() or row.level == "nation"

    def test_the_word_rules_are_about_words_of_the_lexicon(self) -> None:
        with (REFERENCE / "place_words.csv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                assert row["rule"] in ("company", "not_after", "not_before", "ordinary")
                assert bool(row["characters"]) == (row["rule"] in ("not_after", "not_before")), row
                known = counties(row["word"]) if row["rule"] == "ordinary" else row["word"] in lexicon()
                assert known, row


class TestText:
    def test_traditional_characters_keep_their_offsets_and_spelling(self) -> None:
        text = "鄭州市惠濟區與晉源區各修1條路，該區滿意"
        assert names(text) == ["鄭州市", "惠濟區", "晉源區", "該區"]
        assert codes(text)[:3] == ["410100", "410108", "140110"]

    def test_a_simplified_name_with_an_old_character_is_left_alone(self) -> None:
        assert fold("乾县") == "乾县"
        assert codes("咸阳市乾县小麦") == ["610400", "610424"]

    def test_only_the_stretch_asked_for_is_read(self) -> None:
        text = "河南省郑州市惠济区"
        assert [m.name for m in find_places(text, 3, 6)] == ["郑州市"]
        assert [m.name for m in find_places(text, 3)] == ["郑州市", "惠济区"]

    PIECES = st.sampled_from(
        [
            "河南",
            "河南省",
            "郑州市",
            "郑州",
            "惠济区",
            "鼓楼区",
            "全市",
            "高新区",
            "古荥镇",
            "美国",
            "日照",
            "、",
            "，",
            "3例",
            "来自",
            "新",
            "区",
            "县",
            "镇",
        ]
    )

    @settings(max_examples=300, deadline=None)
    @given(
        text=st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=14).map("".join),
        start=st.integers(0, 20),
        length=st.integers(0, 40),
        within=st.sampled_from([None, "郑州市", "410108", "上海市", "没有"]),
    )
    def test_any_text_gives_spans_that_reread_in_order(
        self, text: str, start: int, length: int, within: str | None
    ) -> None:
        floor = start
        for mention in find_places(text, start, start + length, within):
            assert floor <= mention.start < mention.end <= min(len(text), start + length)
            assert text[mention.start : mention.end] == mention.name
            assert mention.code is None or mention.kind == "country" or mention.code in by_code()
            floor = mention.end
