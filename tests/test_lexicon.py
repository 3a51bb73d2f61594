"""The lexicon: its data are sound, and its look-ups find what a reader would, and nothing else."""

from __future__ import annotations

import re
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.lexicon import Lexicon
from indexer.lexicon.inflection import english_words
from indexer.lexicon.tables import read_rows, read_sections, split_cell
from indexer.lexicon.terms import FILES, HOME, NEAR, SAME

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


EVERYDAY = """
煤气罐→气瓶 升降梯→电梯 没收→查扣 黑煤气罐→黑气瓶 棚改→棚户区改造 老小区→老旧小区
工地→建筑工地 堵车→交通拥堵 欠薪→拖欠农民工工资 养老院→养老机构 退休金→养老金 低保户→低保对象
新农合→新型农村合作医疗 高企→高新技术企业 生产总值→地区生产总值 GDP→国内生产总值
CPI→居民消费价格 地铁→城市轨道交通 粮食亩产→粮食单产 下水道→污水管网 垃圾→生活垃圾
电瓶车→电动自行车 房产证→不动产权证 完工→建成 多了→新增 办完了→办结 拆掉→拆除 接到→受理
翻新→改造 关闭→关停 给了→发放 查→排查
"""

FALSE_FRIENDS = """
增长→新增 国内生产总值→财政收入 国内生产总值→地区生产总值 高速公路→高速铁路 高速公路→公路
城镇居民人均可支配收入→农村居民人均可支配收入 城镇居民人均可支配收入→城市居民收入
经济总量→经济增长率 居民消费价格→居民消费价格涨幅 生猪出栏→生猪存栏 贷款余额→新增贷款
财政收入→财政支出 出口总额→货物进出口总额 进口总额→出口总额 城镇调查失业率→城镇登记失业率
优良天数比例→空气质量优良天数 发明专利拥有量→发明专利授权量 合同利用外资→实际使用外资
常住人口→户籍人口 研发经费投入强度→全社会研发经费 专项债券→特别国债 城市低保→农村低保
黑气瓶→气瓶 开工→竣工 受理→办结 新能源装机→可再生能源装机 计划→预计
"""


def alternatives(lexicon: Lexicon, word: str, weight: float) -> set[str]:
    return {other for other, found in lexicon.synonyms(word) if found == weight}


def chinese(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    return [(match.english, match.chinese[0][0]) for match in lexicon.english_to_chinese(text)]


# --- the data ---


def test_synonym_rows_are_sound() -> None:
    rows = read_rows(HOME / "synonyms.tsv", 3)
    assert len(rows) >= 1500
    assert {kind for _, kind, _ in rows} == {"same", "near"}
    for domain, _, cell in rows:
        terms = split_cell(cell)
        assert len(terms) >= 2, cell
        assert len(set(terms)) == len(terms), cell
        assert all(term and term == term.strip() for term in terms), cell
        assert domain


def test_a_term_stands_in_one_row_of_interchangeable_terms() -> None:
    rows = read_rows(HOME / "synonyms.tsv", 3)
    count = Counter(term.lower() for _, kind, cell in rows if kind == "same" for term in split_cell(cell))
    assert [term for term, rows_with_it in count.items() if rows_with_it > 1] == []


@pytest.mark.parametrize("name", ["synonyms.tsv", "glossary.tsv"])
def test_rows_are_grouped_by_domain(name: str) -> None:
    domains = [row[0] for row in read_rows(HOME / name, 3)]
    changes = [domains[0], *(later for earlier, later in pairwise(domains) if earlier != later)]
    assert len(changes) == len(set(changes))


def test_glossary_rows_are_sound() -> None:
    rows = read_rows(HOME / "glossary.tsv", 3)
    assert len(rows) >= 2000
    heads = [chinese for _, chinese, _ in rows]
    assert len(heads) == len(set(heads))
    for _, head, cell in rows:
        assert re.search(r"[\u4e00-\u9fffA-Z]", head), head
        for phrase in split_cell(cell):
            assert phrase == phrase.strip()
            assert not re.search(r"[\u4e00-\u9fff]", phrase), phrase
            assert english_words(phrase), phrase


def test_function_words_and_question_words_do_not_overlap() -> None:
    sections = read_sections(HOME / "stopwords.txt")
    assert set(sections) == {"index", "question"}
    assert all(word == word.lower() for words in sections.values() for word in words)


def test_nearly_every_row_of_synonyms_holds_a_term_of_real_reports() -> None:
    if not SHARED.is_dir():
        pytest.skip("the reports in ../shared are not at hand")
    files = [*(SHARED / "archive").rglob("*.txt"), *(SHARED / "seeds").glob("*.txt")]
    text = "".join(path.read_text(encoding="utf-8", errors="ignore") for path in files)
    rows = [split_cell(cell) for _, _, cell in read_rows(HOME / "synonyms.tsv", 3)]
    real = sum(any(term in text for term in terms) for terms in rows)
    assert real / len(rows) >= 0.95


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "synonyms.tsv").write_text("# head\nverbs\tsame\t\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"synonyms\.tsv, line 2"):
        read_rows(tmp_path / "synonyms.tsv", 3)


def test_loading_is_fast() -> None:
    def seconds() -> float:
        start = time.process_time()
        Lexicon.load()
        return time.process_time() - start

    assert min(seconds() for _ in range(5)) < 0.06


def test_the_fingerprint_follows_the_files(lexicon: Lexicon, tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes((HOME / name).read_bytes())
    assert Lexicon.load(tmp_path).fingerprint == lexicon.fingerprint
    with (tmp_path / "synonyms.tsv").open("a", encoding="utf-8") as file:
        file.write("verbs\tnear\t甲词\t乙词\n".replace("词\t乙", "词;乙"))
    assert Lexicon.load(tmp_path).fingerprint != lexicon.fingerprint


# --- synonyms ---


@pytest.mark.parametrize("pair", EVERYDAY.split())
def test_everyday_words_stand_for_official_ones(lexicon: Lexicon, pair: str) -> None:
    everyday, official = pair.split("→")
    assert official in alternatives(lexicon, everyday, SAME)
    assert everyday.lower() in alternatives(lexicon, official, SAME)


@pytest.mark.parametrize("pair", FALSE_FRIENDS.split())
def test_false_friends_are_not_interchangeable(lexicon: Lexicon, pair: str) -> None:
    one, other = pair.split("→")
    assert one in lexicon.synonym_rows or one in lexicon.renderings
    assert other in lexicon.synonym_rows or other in lexicon.renderings
    assert other not in alternatives(lexicon, one, SAME)


def test_broader_and_narrower_terms_weigh_less_and_do_not_reach_each_other(lexicon: Lexicon) -> None:
    assert {"黑气瓶", "违规气瓶"} <= alternatives(lexicon, "气瓶", NEAR)
    assert "气瓶" in alternatives(lexicon, "黑气瓶", NEAR)
    assert "违规气瓶" not in dict(lexicon.synonyms("黑气瓶"))


def test_an_unknown_word_has_no_alternatives(lexicon: Lexicon) -> None:
    assert lexicon.synonyms("魑魅魍魉") == ()


# --- expanding a question ---


def test_a_phrase_of_several_words_is_one_concept(lexicon: Lexicon) -> None:
    groups = lexicon.expand("老旧小区改造了多少个", ("老旧", "小区", "改造", "了", "多少", "个"))
    assert groups[0][0] == ("老旧小区改造", 1.0)
    assert ("旧改", SAME) in groups[0]
    assert (("小区", 1.0),) in groups  # within the phrase: itself, without alternatives
    assert not any(word in {"了", "多少"} for group in groups for word, weight in group if weight == 1.0)


def test_short_terms_must_be_words(lexicon: Lexicon) -> None:
    heads = [group[0][0] for group in lexicon.expand("其中修好几处", ("其中", "修", "好几", "处"))]
    assert "修好" not in heads
    assert "修" in heads


def test_latin_terms_are_not_found_within_words(lexicon: Lexicon) -> None:
    heads = [group[0][0] for group in lexicon.expand("roads repaired in Shanghai")]
    assert "ai" not in heads
    assert "人工智能" in [group[0][0] for group in lexicon.expand("AI产业有多大")]


def test_a_mixed_question_is_expanded_in_both_languages(lexicon: Lexicon) -> None:
    groups = lexicon.expand("2023年seized多少煤气罐")
    words = [{word for word, _ in group} for group in groups]
    assert any({"查扣", "没收"} <= found for found in words)
    assert any({"煤气罐", "气瓶"} <= found for found in words)


# --- English ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many gas cylinders were seized?", ["气瓶", "查扣"]),
        ("kilometers of rural roads repaired", ["公里", "农村公路", "修复"]),
        ("kilometres of rural roads repaired", ["公里", "农村公路", "修复"]),
        ("output of fertilizer", ["产量", "化肥"]),
        ("fertiliser production", ["化肥", "生产"]),
        ("the urbanization rate", ["城镇化率"]),
        ("new urban jobs created", ["城镇新增就业", "创建"]),
        ("factories", ["工厂"]),
        ("old neighborhoods", ["老旧小区"]),
        ("beds in nursing homes", ["床位", "养老机构"]),
        ("per capita disposable income of rural residents", ["农村居民人均可支配收入"]),
        ("R&D spending", ["研发经费"]),
        ("people's communes", ["人民公社"]),
        ("tons of steel", ["吨", "钢"]),
        ("the year-on-year increase", ["同比", "增加"]),
    ],
)
def test_english_phrases_are_found_longest_first(lexicon: Lexicon, text: str, expected: list[str]) -> None:
    found = lexicon.english_to_chinese(text)
    assert [text[match.start : match.end] for match in found] == [match.english for match in found]
    best = [{term for term, weight in match.chinese if weight >= match.chinese[0][1]} for match in found]
    assert len(found) == len(expected)
    assert all(term in terms for term, terms in zip(expected, best, strict=True)), found


def test_the_form_as_written_wins_over_the_folded_one(lexicon: Lexicon) -> None:
    assert chinese(lexicon, "heating")[0][1] == "供热"
    assert chinese(lexicon, "housing")[0][1] == "住房"
    assert (
        "住房" not in dict(lexicon.english_to_chinese("houses")[0].chinese)
        or chinese(lexicon, "houses")[0][1] != "住房"
    )


@pytest.mark.parametrize("text", ["", "qwertyuiop", "气瓶多少", "1234"])
def test_what_is_not_english_gives_nothing(lexicon: Lexicon, text: str) -> None:
    assert lexicon.english_to_chinese(text) == []


@pytest.mark.parametrize(
    ("term", "english"),
    [
        ("气瓶", "gas cylinder"),
        ("煤气罐", "gas cylinder"),
        ("新能源汽车", "new energy vehicle"),
        ("粮食产量", "grain output"),
        ("城镇新增就业", "new urban jobs"),
        ("国内生产总值", "gross domestic product"),
        ("GDP", "gross domestic product"),
        ("棚改", "shantytown redevelopment"),
        ("5G基站", "5G base station"),
        ("魑魅魍魉", None),
    ],
)
def test_chinese_terms_have_their_best_english(lexicon: Lexicon, term: str, english: str | None) -> None:
    assert lexicon.chinese_to_english(term) == english


@pytest.mark.parametrize(
    "forms",
    ["seize seizes seized seizing", "plan plans planned planning", "supply supplied supplies", "grow grew grown grows"],
)
def test_forms_of_a_verb_share_a_stem(forms: str) -> None:
    assert len({word.stem for word in english_words(forms)}) == 1


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("bridges", "bridge"), ("factories", "factory"), ("taxes", "tax"), ("buses", "bus"), ("gas", "gas"),
     ("access", "access"), ("children", "child"), ("houses", "house"), ("kilometers", "kilometre")],
)  # fmt: skip
def test_plurals_are_folded(plural: str, singular: str) -> None:
    assert [word.number_form for word in english_words(plural)] == [singular]


# --- function words and the dictionary ---


def test_question_words_are_dropped_from_questions_only(lexicon: Lexicon) -> None:
    assert lexicon.is_stopword("的")
    assert lexicon.is_stopword("The")
    assert not lexicon.is_stopword("多少")
    assert lexicon.is_stopword("多少", question=True)
    kept = ("气瓶", "数字", "数据", "材料", "增长", "计划")
    assert not any(lexicon.is_stopword(word, question=True) for word in kept)


def test_words_for_the_segmenter(lexicon: Lexicon) -> None:
    words = list(lexicon.words())
    assert len(words) == len(set(words))
    assert {"气瓶", "雨污分流", "老旧小区", "湖南省", "内蒙古自治区", "5g基站"} <= set(words)
    assert not {"老旧小区改造", "ai", "多了"} & set(words)
    assert not any(len(word) < 2 or word.isascii() or word.endswith("了") for word in words)
