"""No way that a page offers leads a reader, or a clerk who is not on its list, to a limited report.

Each way is gone by somebody who may see the report first: a way that shows nothing even to him would prove nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import openpyxl
import pytest
from docx import Document
from fastapi.testclient import TestClient

from assistant.types import Language
from indexer.archive import Archive
from indexer.build import index_paths
from indexer.types import Visibility
from indexer.viewer import Role, Viewer
from ui.ask_doing import Doing, Judged
from ui.ask_talk import Talks, Turn
from ui.ask_view import conversation_html, scope_html, welcome_html
from ui.compare_desk import CompareDesk
from ui.drafts_desk import DraftDesk
from ui.dropped import worked_on
from ui.page_ask import ExampleShelf
from ui.page_fill import _filled
from ui.page_ledger import LedgerDesk
from ui.page_verify import _checked
from ui.plans_desk import PlansDesk
from ui.reports_desk import ReportsDesk
from ui.server import web_application
from ui.sign_in import COOKIE
from ui.site import Site

ZH = Language.CHINESE
PASSWORD = "a quiet morning"
HIDDEN = "minghu-2019"
FILE = "明湖区水务局2019年工作总结.txt"
SAME = (
    "坚持节水优先、空间均衡、系统治理，压实河湖长责任，健全巡查、保洁、执法三支队伍，推动湖面清洁常态化；"
    "完善防汛预案，备足沙袋、水泵和照明器材，汛期落实领导带班和专人值守，险情早发现、早报告、早处置；"
    "加强水法宣传，走进学校、社区和渔村，发放读本和倡议书，引导群众爱水护水，形成共治共享的良好氛围。\n"
)
TEXT = (
    f"明湖区水务局2019年工作总结\n一、工作回顾\n{SAME}"
    "2019年，全区新建观鸟栈道7731米，投入浮桥维护资金8842万元，查扣违规电鱼器具9953件。\n"
    "二、2020年工作计划\n2020年，全区计划新建观鸟栈道6621米。\n"
)
NEXT = (
    "明湖区水务局2020年工作总结\n一、工作回顾\n2020年，全区新建观鸟栈道5519米，投入浮桥维护资金8843万元。\n"
    "二、2021年工作计划\n2021年，全区计划新建观鸟栈道4417米。\n"
)
TWIN = f"明湖区水务局2018年工作总结\n一、工作回顾\n{SAME}2018年，全区新建观鸟栈道3313米。\n"
TRACES = ("7731", "8842", "9953", "6621", "电鱼", HIDDEN, FILE, "2019年工作总结")
NAMES = {"guan": Role.ADMINISTRATOR, "zhang": Role.READER, "du": Role.READER, "dang": Role.CLERK}
TALK, LATER, BESIDE, CITED = "c" * 32, "d" * 32, "a" * 32, "b" * 32
ASKED = "明湖区新建观鸟栈道多少米？"


@dataclass
class Walk:
    """Somebody who goes through the pages."""

    site: Site
    client: TestClient
    viewer: Viewer
    before: dict[str, str] = field(default_factory=dict)  # what he has of the time when he saw the report

    def get(self, path: str) -> str:
        response = self.client.get(path)
        return response.content.decode("utf-8", "replace")

    def ask(self, question: str, talk: str) -> str:
        archive = self.site.archive_of(self.viewer)
        key = f"{question}{len(self.site.talks.of(self.viewer, talk).turns)}"
        for one in self.site.talks.ask(self.viewer, talk, Turn(key, question)):
            turns = one.turns
        return conversation_html(turns[-1:], archive.holds, ZH).replace(question, "")

    def file(self, told: str) -> str:
        """What stands in the files that a page links to."""
        return "".join(text_of(self.client.get(link).content) for link in re.findall(r'href="(/download/[^"]+)"', told))


def text_of(content: bytes) -> str:
    """All words of a file, whatever its kind."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8-sig", "replace")
    try:
        document = Document(io.BytesIO(content))
    except ValueError:
        book = openpyxl.load_workbook(io.BytesIO(content))
        return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(words)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("walls")
    for name, text in ((FILE, TEXT), (FILE.replace("2019", "2020"), NEXT), (FILE.replace("2019", "2018"), TWIN)):
        (folder / name).write_text(text, encoding="utf-8")
    with Archive.open(folder / "archive", create=True) as opened:
        index_paths(opened, [folder / name for name in sorted(path.name for path in folder.glob("*.txt"))])
        for name, role in NAMES.items():
            opened.accounts.create(name, role, PASSWORD)
        yield opened


@pytest.fixture(scope="module")
def app(archive: Archive):
    return web_application(archive, accounts=True)


@pytest.fixture(scope="module")
def walks(app, archive: Archive) -> dict[str, Walk]:
    """Everybody, signed in; each saw the report once, asked and kept something of it; then it was limited to zhang."""
    found = {}
    for name in NAMES:
        client = TestClient(app)
        client.post("/sign-in", data={"name": name, "password": PASSWORD}, follow_redirects=False)
        viewer = archive.accounts.viewer_of(client.cookies[COOKIE], datetime.now(UTC))
        assert viewer is not None
        found[name] = Walk(app.state.site, client, viewer)
    for walk in found.values():
        prepare(walk)
    archive.set_visibility(HIDDEN, Visibility.LISTED, ["zhang"])
    return found


def prepare(walk: Walk) -> None:
    site, viewer = walk.site, walk.viewer
    walk.ask("明湖区2019年新建观鸟栈道多少米？", TALK)
    walk.ask("明湖区2021年浮桥维护资金多少？", BESIDE)  # not held: the years that are held are offered
    walk.ask("明湖区2020年新建观鸟栈道多少米？", CITED)  # and here it says what else was searched
    turn = site.talks.of(viewer, TALK).turns[0]
    walk.before["entry"] = str(turn.entry)
    doing = Doing(site, site.talks, ZH)
    doing.keep(viewer, TALK, turn.key, draft=None, title="材料")
    draft = site.whole.basket.list(viewer.account)[0].id
    walk.before["draft"] = str(draft)
    chosen = {"subjects": ["观鸟栈道"], "draft": str(draft)}
    CompareDesk(site, ZH).keep(viewer, chosen)
    PlansDesk(site, ZH).keep(viewer, {"plan": HIDDEN, "draft": str(draft)})
    doing.judge(viewer, TALK, turn.key, Judged("up"))
    *_, walk.before["link"] = LedgerDesk(site, ZH).save(viewer, "", "csv")
    *_, walk.before["draft link"] = DraftDesk(site, ZH).save(viewer, draft, "docx")


def dropped(walk: Walk, name: str, content: bytes, work: Callable[..., Iterator[str]]) -> str:
    token = walk.site.inbox.take(walk.viewer, name, io.BytesIO(content), limit_mb=1).token
    *_, told = worked_on(walk.site, walk.viewer, token, work, reading="", language=ZH)
    return told + walk.file(told)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for line in (["明湖区"], ["指标", "2018年", "2019年", "2020年"], ["观鸟栈道（米）", None, None, None]):
        book.active.append(line)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def last(told: Iterator[str]) -> str:
    *_, end = told
    return end


def compared(walk: Walk, kind: str) -> str:
    told = last(CompareDesk(walk.site, ZH).save(walk.viewer, {"subjects": ["观鸟栈道"], "kind": kind}))
    return told + walk.file(told)


def drafted(walk: Walk, kind: str) -> str:
    return walk.file(last(DraftDesk(walk.site, ZH).save(walk.viewer, int(walk.before["draft"]), kind)))


WAYS: dict[str, Callable[[Walk], str]] = {
    "question": lambda walk: walk.ask("明湖区2019年新建观鸟栈道多少米？", LATER),
    "question without a year": lambda walk: walk.ask("明湖区查扣违规器具多少件？", LATER),
    "question over years": lambda walk: walk.ask("明湖区历年新建观鸟栈道各多少米？", LATER),
    "follow-up": lambda walk: walk.ask("明湖区2020年新建观鸟栈道多少米？", "e" * 32) + walk.ask("上一年呢？", "e" * 32),
    "source by its id": lambda walk: walk.get(f"/source/{HIDDEN}?span=0-60"),
    "original by its id": lambda walk: walk.get(f"/original/{HIDDEN}"),
    "what is suggested": lambda walk: CompareDesk(walk.site, ZH).suggest(walk.viewer, {"typed": "违规"}),
    "what is offered to compare": lambda walk: CompareDesk(walk.site, ZH).begin(walk.viewer)[1],
    "examples": lambda walk: welcome_html(
        walk.site.archive_of(walk.viewer), ExampleShelf(walk.site).examples_of(walk.viewer).questions(), ZH
    ),
    "ledger": lambda walk: LedgerDesk(walk.site, ZH).table(walk.viewer, ""),
    "ledger by report": lambda walk: (
        LedgerDesk(walk.site, ZH).table(walk.viewer, f"?report={HIDDEN}").replace(HIDDEN, "")
    ),
    "ledger as a file": lambda walk: walk.file(last(LedgerDesk(walk.site, ZH).save(walk.viewer, "", "csv"))),
    "correction by its id": lambda walk: str(
        LedgerDesk(walk.site, ZH).act(walk.viewer, {"act": "open", "report": HIDDEN, "ordinal": "0"})[1]
    ),
    "comparison and its chart": lambda walk: last(
        CompareDesk(walk.site, ZH).look(walk.viewer, {"subjects": ["观鸟栈道"]})
    ),
    "comparison as Word": lambda walk: compared(walk, "docx"),
    "comparison as Excel": lambda walk: compared(walk, "xlsx"),
    "plans to choose": lambda walk: PlansDesk(walk.site, ZH).begin(walk.viewer)[0],
    "plans": lambda walk: last(PlansDesk(walk.site, ZH).look(walk.viewer, {"plan": HIDDEN})),
    "plans as a file": lambda walk: walk.file(
        last(PlansDesk(walk.site, ZH).save(walk.viewer, {"plan": HIDDEN, "kind": "xlsx"}))
    ),
    "verify": lambda walk: dropped(
        walk,
        "稿.txt",
        "明湖区当年新建观鸟栈道7000米。上述为前年以前的数。2019年，明湖区新建观鸟栈道70米。".encode(),
        _checked,
    ),
    "fill": lambda walk: dropped(walk, "表.xlsx", workbook(), lambda one: _filled(one, "明湖区")),
    "history by its number": lambda walk: str(
        Doing(walk.site, walk.site.talks, ZH).entry_of(walk.viewer, int(walk.before["entry"]))
    ),
    "conversation at hand": lambda walk: conversation_html(
        walk.site.talks.of(walk.viewer, TALK).turns, walk.site.archive_of(walk.viewer).holds, ZH
    ),
    "draft": lambda walk: DraftDesk(walk.site, ZH).look(walk.viewer, int(walk.before["draft"])).body,
    "draft as Word": lambda walk: drafted(walk, "docx"),
    "link that was made before": lambda walk: walk.file(walk.before["link"]),
    "link to a draft that was made before": lambda walk: walk.file(walk.before["draft link"]),
}
CLERKS: dict[str, Callable[[Walk], str]] = {
    "list of reports": lambda walk: ReportsDesk(walk.site, ZH).show(walk.viewer, "")[0],
    "page of the report by its id": lambda walk: ReportsDesk(walk.site, ZH).show(walk.viewer, f"?open={HIDDEN}")[1],
    "quality of its neighbour": lambda walk: ReportsDesk(walk.site, ZH).show(walk.viewer, "?open=minghu-2018")[1],
}


@pytest.mark.parametrize("restored", [False, True], ids=["at hand", "from the history"])
def test_an_answer_that_is_kept_tells_no_more_of_what_else_there_was(walks: dict[str, Walk], restored: bool) -> None:
    for name, walk in walks.items():
        talks = Talks(walk.site) if restored else walk.site.talks
        archive = walk.site.archive_of(walk.viewer)
        beside, cited = (
            conversation_html(talks.of(walk.viewer, talk).turns, archive.holds, ZH) for talk in (BESIDE, CITED)
        )
        sees = name in {"guan", "zhang"}
        assert ("2019" in beside, "2019" in cited) == (sees, sees), name
        assert ("请再问一次" in beside) == (not sees), name
        assert "5519" in cited, name


@pytest.mark.parametrize(
    "words", ["7731", "2019—2020"], ids=["of an answer that cites it", "of one that cites nothing"]
)
def test_no_word_of_a_limited_report_finds_a_question_in_the_history(walks: dict[str, Walk], words: str) -> None:
    for name, walk in walks.items():
        found = Doing(walk.site, walk.site.talks, ZH).history(walk.viewer, words, 50)
        assert ("yj-entry" in found) == (name in {"guan", "zhang"}), name
    found = Doing(walks["du"].site, walks["du"].site.talks, ZH).history(walks["du"].viewer, "浮桥", 50)
    assert "明湖区2021年浮桥维护资金多少？" in found  # by its own words


def test_only_what_may_be_seen_is_counted_and_offered_as_a_choice(walks: dict[str, Walk]) -> None:
    for name, count in {"guan": 3, "zhang": 3, "du": 2, "dang": 2}.items():
        walk = walks[name]
        archive = walk.site.archive_of(walk.viewer)
        assert f"{count} 份报告" in walk.get("/held"), name
        assert ("2019" in scope_html(archive.reports(), ZH)) == (count == 3), name
        assert f"检索了 {count} 份报告" in walk.ask("明湖区有多少座剧院？", LATER), name
        figures = {3: 8, 2: 4}[count]
        assert f"共 {figures} " in LedgerDesk(walk.site, ZH).table(walk.viewer, ""), name


def traces(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text]


@pytest.mark.parametrize("way", WAYS)
def test_a_reader_finds_nothing_of_a_limited_report(walks: dict[str, Walk], way: str) -> None:
    assert traces(WAYS[way](walks["zhang"])), "who is on the list sees it: else this way proves nothing"
    for name in ("du", "dang"):
        assert traces(WAYS[way](walks[name])) == [], name


@pytest.mark.parametrize("way", CLERKS)
def test_a_clerk_who_is_not_on_its_list_finds_nothing_of_it(walks: dict[str, Walk], way: str) -> None:
    assert traces(CLERKS[way](walks["guan"]))
    for name in ("du", "dang"):
        assert traces(CLERKS[way](walks[name])) == [], name
