"""The sample corpus holds what its README says: files, planted figures, sums, and no sentence of anyone else's."""

from __future__ import annotations

import csv
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[1] / "corpus"
SHARED = Path(__file__).parents[2] / "shared"

DISTRICT = {
    2021: "澜江区城乡建设局2021年工作总结.txt",
    2022: "澜江区城乡建设局2022年工作总结及2023年工作思路.txt",
    2023: "澜江区城乡建设局2023年工作总结.txt",
    2024: "澜江区城乡建设局2024年工作总结.md",
}
COUNTY = {
    2021: "云岭县住房和城乡建设局2021年工作总结.txt",
    2022: "云岭县住房和城乡建设局2022年工作总结.txt",
    2023: "云岭县住房和城乡建设局2023年工作总结.docx",
    2024: "云岭县住房和城乡建设局2024年工作总结.html",
}
HALF_YEAR = "住建工作总结（上半年）.txt"
NAMES = {*DISTRICT.values(), *COUNTY.values(), HALF_YEAR}


def read(name: str) -> str:
    """The text of one sample report, without the product's readers."""
    path = CORPUS / name
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            xml = package.read("word/document.xml").decode("utf-8")
        return re.sub(r"<[^>]*>", "", xml.replace("</w:p>", "\n"))
    text = path.read_bytes().decode("gb18030" if name == COUNTY[2021] else "utf-8")
    return re.sub(r"<[^>]*>", "", text) if path.suffix == ".html" else text


def paragraph(name: str, word: str) -> str:
    """The one line of a report in which `word` stands."""
    (line,) = [line for line in read(name).splitlines() if word in line]
    return line


def sentences(text: str) -> list[str]:
    """Stretches between 。 ； and line ends, without blanks."""
    return [part for part in (re.sub(r"\s", "", part) for part in re.split(r"[。；\n]", text)) if part]


def test_the_nine_reports_are_there_and_nothing_else() -> None:
    assert {path.name for path in CORPUS.iterdir()} == NAMES | {"README.md", "manifest.csv"}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_report_is_of_usual_length_and_has_its_headings(name: str) -> None:
    text = read(name)
    assert 2000 <= len(text) <= 3500
    assert "\ufffd" not in text
    assert all(heading in text for heading in ("一、", "（一）", "（二）", "（三）", "（四）"))


def test_one_report_is_not_utf8() -> None:
    with pytest.raises(UnicodeDecodeError):
        (CORPUS / COUNTY[2021]).read_bytes().decode("utf-8")
    assert "对全县５家燃气企业开展专项检查，排查隐患１６４条" in read(COUNTY[2021])


def test_the_manifest_describes_the_report_without_a_title() -> None:
    with (CORPUS / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["path"] for row in rows] == [HALF_YEAR]
    assert (rows[0]["place"], rows[0]["level"], rows[0]["year"]) == ("云岭县", "county", "2022")
    assert rows[0]["period"] == "2022年上半年"
    assert read(HALF_YEAR).startswith("今年以来，")


def test_seized_cylinders_add_up_without_qizhong() -> None:
    line = paragraph(DISTRICT[2023], "查扣")
    assert "其中" not in line
    counts = [int(count) for count in re.findall(r"查扣[^，。；]*?气瓶(\d+)个", line)]
    assert counts == [449, 59, 390]
    assert counts[0] == 59 + 390
    assert line.index("449个。") < line.index("。关停") < line.index("59个") < line.index("390个")


def test_only_the_district_report_of_2023_states_a_seizure() -> None:
    seizing = re.compile("查扣|收缴|没收|扣押|扣缴|暂扣|查获|缴获")
    assert {name for name in NAMES if seizing.search(read(name))} == {DISTRICT[2023]}


SUMS = [
    (DISTRICT[2021], "新建5条、4.2公里，改造9条、8.4公里", "总长12.6公里", ["4.2", "8.4"], "12.6"),
    (DISTRICT[2021], "建成880个", "停车泊位1420个", ["880", "540"], "1420"),
    (DISTRICT[2021], "C级危房的96栋", "合计138栋", ["96", "42"], "138"),
    (DISTRICT[2021], "建成投用37部", "电梯61部", ["37", "15", "9"], "61"),
    (DISTRICT[2021], "分别为12个、6个、3个", "工地21个", ["12", "6", "3"], "21"),
    (DISTRICT[2022], "提供泊位930个", "停车泊位1680个", ["930", "750"], "1680"),
    (DISTRICT[2022], "D级危房31栋", "解危89栋", ["31", "58"], "89"),
    (DISTRICT[2022], "建成41部", "受理73部", ["41", "20", "12"], "73"),
    (DISTRICT[2022], "22个引入专业物业", "全年改造35个", ["22", "9", "4"], "35"),
    (DISTRICT[2023], "抽中7件，未抽中19件", "消防备案32件", ["7", "19", "6"], "32"),
    (DISTRICT[2023], "分别为8个、4个、2个", "监督工地14个", ["8", "4", "2"], "14"),
    (DISTRICT[2024], "立体停车库620个", "停车泊位1560个", ["620", "530", "410"], "1560"),
    (DISTRICT[2024], "分别为640盏、540盏", "改造1180盏", ["640", "540"], "1180"),
    (DISTRICT[2024], "抽中8件", "消防备案35件", ["8", "24", "3"], "35"),
    (COUNTY[2021], "480套、390套、250套", "基本建成1120套", ["480", "390", "250"], "1120"),
    (COUNTY[2021], "A级的8家", "共25家", ["8", "13", "4"], "25"),
    (COUNTY[2022], "任务240户、动态新增12户", "农村危房252户", ["240", "12"], "252"),
    (COUNTY[2022], "气代煤2460户", "改造6120户", ["2460", "3660"], "6120"),
    (COUNTY[2023], "低保户81户", "竣工198户", ["81", "46", "71"], "198"),
    (COUNTY[2023], "投诉98件", "共受理欠薪投诉156件", ["98", "58"], "156"),
    (COUNTY[2024], "续建2个", "完工12个", ["2", "10"], "12"),
    (COUNTY[2024], "已解决51个", "问题74个", ["51", "23"], "74"),
]


@pytest.mark.parametrize(("name", "parts_quote", "whole_quote", "parts", "whole"), SUMS)
def test_breakdowns_add_up(name: str, parts_quote: str, whole_quote: str, parts: list[str], whole: str) -> None:
    line = paragraph(name, whole_quote)
    assert parts_quote in line
    assert all(re.search(rf"(?<![\d.]){re.escape(part)}(?![\d.])", line) for part in parts)
    assert sum(map(Decimal, parts)) == Decimal(whole)


GROWTH = [
    (DISTRICT[2022], "新建污水管道26.7公里，同比增长24.8%", "26.7", "21.4", "24.8"),
    (DISTRICT[2022], "新增公共停车泊位1680个，同比增长18.3%", "1680", "1420", "18.3"),
    (DISTRICT[2022], "建成41部，同比增长10.8%", "41", "37", "10.8"),
    (DISTRICT[2022], "建筑业总产值197.9亿元，同比增长6.2%", "197.9", "186.4", "6.2"),
    (DISTRICT[2023], "建成加装电梯56部，同比增长36.6%", "56", "41", "36.6"),
    (DISTRICT[2024], "整改隐患127条，隐患数同比下降21.6%", "127", "162", "-21.6"),
    (COUNTY[2022], "商品房销售面积31.2万平方米，同比下降19.2%", "31.2", "38.6", "-19.2"),
    (COUNTY[2023], "天然气供应量2214万立方米，同比增长8.8%", "2214", "2035", "8.8"),
    (COUNTY[2024], "受理欠薪投诉141件，同比下降9.6%", "141", "156", "-9.6"),
]


@pytest.mark.parametrize(("name", "quote", "level", "before", "growth"), GROWTH)
def test_growth_follows_from_the_levels_of_two_reports(
    name: str, quote: str, level: str, before: str, growth: str
) -> None:
    assert quote in read(name)
    assert round((Decimal(level) / Decimal(before) - 1) * 100, 1) == Decimal(growth)


def test_two_reports_disagree_on_the_parking_places_of_2022() -> None:
    assert "新增公共停车泊位1680个" in read(DISTRICT[2022])
    assert "在2022年新增公共停车泊位1860个的基础上" in read(DISTRICT[2023])


PLANS = [
    (DISTRICT, 2021, "改造老旧小区32个，加装电梯45部", "全年改造35个，比年初计划多3个"),
    (DISTRICT, 2021, "新建、改造城市道路16条、15公里", "新建、改造城市道路16条、13.8公里"),
    (DISTRICT, 2022, "改造老旧小区40个，加装电梯50部", "改造老旧小区40个"),
    (DISTRICT, 2022, "打通断头路6条", "6条断头路通车4条"),
    (DISTRICT, 2023, "加装电梯60部", "建成加装电梯52部"),
    (DISTRICT, 2023, "建成口袋公园12个", "建成口袋公园9个"),
    (COUNTY, 2021, "完成农村危房改造240户", "全年改造农村危房252户"),
    (COUNTY, 2022, "棚户区改造基本建成800套", "全年基本建成612套"),
    (COUNTY, 2023, "新建污水管网16公里", "新建污水管网16.8公里"),
]


@pytest.mark.parametrize(("office", "year", "planned", "done"), PLANS)
def test_a_plan_has_its_result_in_the_next_report(office: dict[int, str], year: int, planned: str, done: str) -> None:
    assert planned in read(office[year])
    assert done in read(office[year + 1])


def test_two_plans_are_never_heard_of_again() -> None:
    assert "建设公共充电桩300个" in read(DISTRICT[2022])
    assert "充电桩" not in read(DISTRICT[2023]) + read(DISTRICT[2024])
    assert "新建县城公厕12座" in read(COUNTY[2022])
    assert "公厕" not in read(COUNTY[2023]) + read(COUNTY[2024])


def test_masked_figures_stand_where_the_readme_says() -> None:
    assert "集中供热面积达到*万平方米" in read(HALF_YEAR)
    assert "集中供热面积548万平方米" in read(COUNTY[2022])
    assert "建筑业总产值*.*亿元，同比增长4.8%" in read(DISTRICT[2023])
    assert "争取上级城建补助资金*万元" in read(COUNTY[2023])
    masked = {name for name in NAMES if "*" in read(name)}
    assert masked == {HALF_YEAR, DISTRICT[2023], COUNTY[2023]}


def test_headings_are_misnumbered_as_in_real_reports() -> None:
    half_year = read(HALF_YEAR)
    assert half_year.count("\n（六）") == 2
    assert "\n二、" not in half_year
    assert "\n三、下半年工作计划" in half_year
    plan = read(DISTRICT[2021]).split("三、2022年工作安排")[1]
    assert plan.count("\n3.") == 2


@pytest.mark.parametrize("folder", ["seeds", "archive"])
def test_no_sentence_is_copied(folder: str) -> None:
    if not (SHARED / folder).is_dir():
        pytest.skip(f"../shared/{folder} is not here, so nothing can be compared with it.")
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in (SHARED / folder).rglob("*.txt"))
    theirs = re.sub(r"\s", "", "\n".join(texts))
    ours = {sentence for name in NAMES for sentence in sentences(read(name)) if len(sentence) >= 15}
    assert len(ours) > 400
    assert [sentence for sentence in sorted(ours) if sentence in theirs] == []
