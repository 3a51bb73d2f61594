"""The pages of the web application in the order of the menu: where each lives, and who may open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from assistant.types import Language
from indexer.viewer import Role

if TYPE_CHECKING:
    from ui.site import Site

Build: TypeAlias = "Callable[[Any, Site, Language], None]"  # the open gr.Blocks first


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path ("" is the first one), the key of its name in ui/text.py, the least role that may open it."""

    path: str
    name: str
    least: Role = Role.READER
    in_menu: bool = True


ASK = Page("", "nav_ask")
COMPARE = Page("compare", "nav_compare")
PLANS = Page("plans", "nav_plans")
VERIFY = Page("verify", "nav_verify")
FILL = Page("fill", "nav_fill")
LEDGER = Page("ledger", "nav_ledger")
DRAFTS = Page("drafts", "nav_drafts")
REPORTS = Page("reports", "nav_reports", Role.CLERK)
ACCOUNTS = Page("accounts", "nav_accounts", Role.ADMINISTRATOR)
AUDIT = Page("audit", "nav_audit", Role.ADMINISTRATOR, in_menu=False)
ACCOUNT = Page("account", "nav_account", in_menu=False)

PAGES = (ASK, COMPARE, PLANS, VERIFY, FILL, LEDGER, DRAFTS, REPORTS, ACCOUNTS, AUDIT, ACCOUNT)


def page_at(path: str) -> Page | None:
    """The page that an address's path leads to, in either language; None where it is no page."""
    inner = path.strip("/")
    if inner == "en" or inner.startswith("en/"):
        inner = inner.removeprefix("en").strip("/")
    return next((page for page in PAGES if page.path == inner), None)


def language_at(path: str) -> Language:
    """The language of the page at an address's path."""
    return Language.ENGLISH if f"{path}/".startswith("/en/") else Language.CHINESE


def address_of(page: Page, language: Language) -> str:
    """The path of a page in a language."""
    return f"/{page.path}" if language is Language.CHINESE else f"/en/{page.path}"


def builders() -> dict[Page, Build]:
    """What lays out each page; Gradio is loaded here, for it takes seconds."""
    from ui import (
        page_account,
        page_accounts,
        page_ask,
        page_audit,
        page_compare,
        page_drafts,
        page_fill,
        page_ledger,
        page_plans,
        page_reports,
        page_verify,
    )

    return {
        ASK: page_ask.build,
        COMPARE: page_compare.build,
        PLANS: page_plans.build,
        VERIFY: page_verify.build,
        FILL: page_fill.build,
        LEDGER: page_ledger.build,
        DRAFTS: page_drafts.build,
        REPORTS: page_reports.build,
        ACCOUNTS: page_accounts.build,
        AUDIT: page_audit.build,
        ACCOUNT: page_account.build,
    }
