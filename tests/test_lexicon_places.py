"""Places in questions: found by their names, in both languages, and not where a name is part of another word."""

from __future__ import annotations

from collections import Counter

import pytest

from indexer.lexicon import Lexicon
from indexer.lexicon.tables import read_rows, split_cell
from indexer.lexicon.terms import HOME
from indexer.types import Level


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def places(lexicon: Lexicon, text: str, words: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(text[place.start : place.end], place.canonical) for place in lexicon.places(text, words)]


def test_places_are_complete() -> None:
    rows = [row for row in read_rows(HOME / "places.tsv", 5) if row[0] != "guard"]
    level = Counter(row[0] for row in rows)
    assert level["nation"] == 1
    assert level["province"] == 23 + 5 + 4 + 2
    cities = [row for row in rows if row[0] == "city" and row[1] != "台湾省"]
    assert len(cities) == 333  # prefecture-level divisions of the mainland
    per_province = Counter(row[1] for row in cities)
    assert (per_province["广东省"], per_province["四川省"], per_province["新疆维吾尔自治区"]) == (21, 21, 14)
    names = {row[2] for row in rows}
    assert len(names) == len(rows)
    assert all(row[1] == "-" or row[1] in names for row in rows)


def test_chinese_place_names_are_not_shared() -> None:
    owners: dict[str, str] = {}
    for level, _, canonical, names, _ in read_rows(HOME / "places.tsv", 5):
        for name in () if level == "guard" else {canonical, *split_cell(names)}:
            assert owners.setdefault(name, canonical) == canonical, name
            assert len(name) > 1, name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年湖南的粮食产量", [("湖南", "湖南省")]),
        ("吉林和吉林市各建了多少", [("吉林", "吉林省"), ("吉林市", "吉林市")]),
        ("海南州与海南省", [("海南州", "海南藏族自治州"), ("海南省", "海南省")]),
        ("浙江省杭州市", [("浙江省", "浙江省"), ("杭州市", "杭州市")]),
        ("沈阳市辖区内", [("沈阳市", "沈阳市")]),
        ("西安区域经济", [("西安", "西安市")]),
        ("北京路网密度", [("北京", "北京市")]),
        ("北京大学生就业", [("北京", "北京市")]),
        ("江苏乡镇企业", [("江苏", "江苏省")]),
        ("上海区级财政", [("上海", "上海市")]),
        ("中国2023年的国内生产总值", [("中国", "全国")]),
        ("中国有多少人口", [("中国", "全国")]),
        ("国务院2018年政府工作报告", [("国务院", "全国")]),
        ("全国粮食产量", [("全国", "全国")]),
        ("京津冀", []), ("湘菜产值", []), ("全省", []), ("市辖区", []), ("*区", []),
        ("西湖南岸改造", []), ("黄河南岸治理", []), ("长江西岸", []), ("长白山旅游", []), ("出海口治理", []),
        ("中山路改造", []), ("西安路", []), ("南京东路", []), ("中山北二路", []), ("长春花", []), ("武汉大学", []),
        ("朝阳区有多少小区", []), ("大同镇", []), ("孙中山故居", []), ("长治久安", []), ("来宾多少", []),
        ("中国共产党", []), ("中国式现代化", []), ("美丽中国建设", []), ("居全国第2位", []), ("占全国比重", []),
        ("全国文明城市", []), ("全国人大代表", []),
    ],
)  # fmt: skip
def test_places_in_chinese(lexicon: Lexicon, text: str, expected: list[tuple[str, str]]) -> None:
    assert places(lexicon, text) == expected


def test_a_place_must_not_cut_a_word(lexicon: Lexicon) -> None:
    assert places(lexicon, "打通化工运输通道", ("打通", "化工", "运输", "通道")) == []
    assert places(lexicon, "通化粮食产量", ("通化", "粮食产量")) == [("通化", "通化市")]
    assert places(lexicon, "湖南人均收入", ("湖南人", "均", "收入")) == [("湖南", "湖南省")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grain output of Hunan in 2024", [("Hunan", "湖南省")]),
        ("Shaanxi and Shanxi", [("Shaanxi", "陕西省"), ("Shanxi", "山西省")]),
        ("Jilin's GDP", [("Jilin", "吉林省")]),
        ("Jilin City", [("Jilin City", "吉林市")]),
        ("Jilin Province", [("Jilin Province", "吉林省")]),
        ("XI'AN and Ürümqi", [("XI'AN", "西安市"), ("Ürümqi", "乌鲁木齐市")]),
        ("Inner Mongolia Autonomous Region", [("Inner Mongolia Autonomous Region", "内蒙古自治区")]),
        ("Tibet or Xizang", [("Tibet", "西藏自治区"), ("Xizang", "西藏自治区")]),
        ("Hainan Prefecture", [("Hainan Prefecture", "海南藏族自治州")]),
        ("How much did China's GDP grow", [("China", "全国")]),
        ("the national government work report", [("national", "全国")]),
        ("Communist Party of China", []), ("South China Sea", []), ("Bank of China", []), ("national parks", []),
        ("Chaoyang District", []), ("Beijing Road", []), ("Wuhan University", []), ("miles of road", []),
    ],
)  # fmt: skip
def test_places_in_english(lexicon: Lexicon, text: str, expected: list[tuple[str, str]]) -> None:
    assert places(lexicon, text) == expected


def test_a_shared_english_name_reports_the_others(lexicon: Lexicon) -> None:
    (mention,) = lexicon.places("Suzhou")
    assert (mention.canonical, mention.others) == ("苏州市", ("宿州市",))
    (mention,) = lexicon.places("Hangzhou")
    assert (mention.level, mention.others) == (Level.CITY, ())


def test_a_place_knows_what_lies_above_it(lexicon: Lexicon) -> None:
    place = lexicon.place("昆山市")
    assert place is not None
    assert (place.level, place.parent, place.english[0]) == (Level.COUNTY, "江苏省", "Kunshan")
    assert lexicon.place("梁山泊") is None
