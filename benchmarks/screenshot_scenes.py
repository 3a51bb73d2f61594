"""What each picture of the documents shows: the page, who is signed in, and what is done before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEIZED = "一共没收了多少煤气罐？"
DRAFT = (
    "城建工作情况汇报",
    "2023年，澜江区累计查扣燃气行业违规气瓶449个，累计建成开放内河53条，总长约120公里；改造老旧小区40个，惠及居民11520户。",
    "2022年，云岭县建筑业总产值44.5亿元，新增停车泊位462个。2021年，云岭县建筑业总产值52.3亿元。",
    "2024年，澜江区改造老旧小区30个，新增航空货运站3座。",
)
TABLE = (
    ("城建主要指标（2021—2024年）",),
    ("指标", "单位", "2021年", "2022年", "2023年", "2024年"),
    ("新增公共停车泊位", "个"),
    ("新建污水管道", "公里"),
    ("口袋公园", "个"),
    ("累计建成开放内河", "条"),
    ("建筑业总产值", "亿元"),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """An open page, and a folder for files that are sent from it."""

    page: Page
    address: str  # ends with /
    folder: Path

    def ask(self, *questions: str) -> None:
        """Ask on the first page, one question after another, and wait for each answer."""
        box = self.page.locator("#yj-box textarea")
        box.wait_for()
        for question in questions:
            turns = self.page.locator(".yj-turn").count()
            box.fill(question)
            box.press("Enter")
            self.page.locator(".yj-turn").nth(turns).locator(".yj-answer").wait_for()

    def send(self, path: Path) -> None:
        """Send a file through the page's box for files."""
        self.page.wait_for_timeout(1000)  # what listens to it comes a moment after the box itself
        file = {"name": path.name, "mimeType": "application/octet-stream", "buffer": path.read_bytes()}
        self.page.locator("input[type=file]").set_input_files([file])


Play: TypeAlias = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: its name, the page's path, and what is done there. No account: the page for signing in."""

    name: str
    path: str
    play: Play
    account: str = "陈明"
    phone: bool = False
    dark: bool = False
    english: bool = False


def _sign_in(stage: Stage) -> None:
    stage.page.locator("#name").fill("王芳")
    stage.page.locator("#password").focus()


def _ask(stage: Stage) -> None:
    stage.ask(SEIZED)
    stage.page.locator("#yj-source .yj-cited").wait_for()


def _ask_english(stage: Stage) -> None:
    stage.ask("how many gas cylinders were seized in 2023")
    stage.page.locator("#yj-source .yj-cited").wait_for()


def _ask_not_held(stage: Stage) -> None:
    stage.ask("云岭县2024年查扣违规气瓶多少个？")


def _ask_masked(stage: Stage) -> None:
    stage.ask("云岭县2022年上半年供热面积多少？")
    stage.page.locator("#yj-source .yj-cited").wait_for()


def _ask_phone(stage: Stage) -> None:
    stage.ask("澜江区2023年新建污水管道多少公里？", "那2022年呢？")


def _compare(stage: Stage) -> None:
    stage.page.locator(".yj-block .yj-chart").first.wait_for()
    stage.page.locator(".yj-saves").first.evaluate("one => one.scrollIntoView()")


def _plans(stage: Stage) -> None:
    page = stage.page
    page.locator('[name="office"]').select_option(label="云岭县住房和城乡建设局")
    page.locator("#yj-form button[type=submit]").click()
    page.locator(".yj-plans tbody tr").first.wait_for()


def _verify(stage: Stage) -> None:
    draft = stage.folder / "情况汇报.txt"
    draft.write_text("\n\n".join(DRAFT), encoding="utf-8")
    stage.send(draft)
    wrong = stage.page.locator(".yj-checks li[data-kind=contradicts]").first
    wrong.wait_for()
    wrong.locator(".yj-pointer").click()


def _fill(stage: Stage) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for line in TABLE:
        sheet.append(line)
    path = stage.folder / "年报表.xlsx"
    book.save(path)
    stage.page.locator('[name="place"]').select_option("澜江区")
    stage.send(path)
    stage.page.locator(".yj-filled").wait_for()


def _ledger(stage: Stage) -> None:
    page = stage.page
    row = page.locator(".yj-ledger tbody tr", has_text="1680个").first
    row.locator("[data-act=open]").click()
    dialog = page.locator("form.yj-dialog")
    dialog.locator("input[name=value]").fill("1860个")
    dialog.locator("textarea").fill("2023年报告的数")
    dialog.get_by_role("button", name="更正", exact=True).click()
    page.locator(".yj-ledger tr.yj-corrected").wait_for()
    page.goto(page.url)
    page.locator(".yj-ledger tr.yj-corrected").wait_for()


def _drafts(stage: Stage) -> None:
    page = stage.page
    stage.ask(SEIZED)
    page.locator('[data-act="pick"]').last.click()
    page.locator(".yj-newdraft input").fill("2023年城建数据材料")
    page.locator(".yj-newdraft input").press("Enter")
    page.locator(".yj-toast.yj-on", has_text="已加入").wait_for()
    stage.ask("澜江区2022年和2023年新建污水管道各多少公里，增加多少？")
    page.locator('[data-act="pick"]').last.click()
    page.locator(".yj-into", has_text="2023年城建数据材料").press("Enter")
    page.locator(".yj-toast.yj-on", has_text="已加入").wait_for()
    page.goto(f"{stage.address}compare?s=建筑业总产值&p=云岭县")
    page.locator(".yj-block tbody tr").first.wait_for()
    page.get_by_role("button", name="加入草稿").click()
    page.locator(".yj-keep button", has_text="2023年城建数据材料").click()
    page.locator("#yj-saved", has_text="已加入").wait_for()
    page.goto(f"{stage.address}drafts?draft=1")
    page.locator(".yj-items li").nth(2).wait_for()
    page.locator('[data-kind="docx"]').click()
    page.wait_for_timeout(1500)


def _reports(stage: Stage) -> None:
    stage.page.locator(".yj-drawer").wait_for()


def _intake(stage: Stage) -> None:
    stage.page.locator(".yj-drop input").set_input_files(
        [
            {"name": "澜江区城乡建设局2023年工作总结.txt", "mimeType": "text/plain", "buffer": _another_version()},
            {"name": "扫描件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"},
        ]
    )
    stage.page.locator(".yj-questions li").first.wait_for()


def _another_version() -> bytes:
    text = (Path(__file__).parents[1] / "corpus" / "澜江区城乡建设局2023年工作总结.txt").read_text(encoding="utf-8")
    return text.replace("改造老旧小区40个", "改造老旧小区41个").encode()


def _accounts(stage: Stage) -> None:
    stage.page.locator(".yj-accounts tr", has_text="赵敏").wait_for()


def _audit(stage: Stage) -> None:
    stage.page.locator(".yj-audit tr").nth(1).wait_for()


def _account(stage: Stage) -> None:
    stage.page.locator(".yj-sessions").wait_for()


SCENES = (
    Scene("sign-in", "", _sign_in, account=""),
    Scene("account", "account", _account, account="王芳"),
    Scene("ask", "", _ask),
    Scene("ask-not-held", "", _ask_not_held, account="李强"),
    Scene("ask-masked", "", _ask_masked, account="李强"),
    Scene("ask-english", "", _ask_english, english=True),
    Scene("ask-dark", "", _ask, dark=True),
    Scene("ask-phone", "", _ask_phone, account="李强", phone=True),
    Scene("compare", "compare?s=建筑业总产值&p=云岭县", _compare),
    Scene("plans", "plans", _plans),
    Scene("verify", "verify", _verify),
    Scene("fill", "fill", _fill),
    Scene("ledger", "ledger?subject=停车泊位&place=澜江区", _ledger),
    Scene("drafts", "", _drafts),
    Scene("reports", "reports?open=lanjiang-2023", _reports),
    Scene("reports-intake", "reports", _intake, account="王芳"),
    Scene("accounts", "accounts", _accounts),
    Scene("audit", "audit", _audit),
)
