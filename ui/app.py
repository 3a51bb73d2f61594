"""The pages as one Gradio application for each language: theme, style and script; nothing comes from outside."""

from __future__ import annotations

import warnings
from importlib.resources import files
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI

from assistant.types import Language
from indexer.viewer import LOCAL
from ui.frame import brand_html, header_html
from ui.pages import ASK, PAGES, Build, Page, builders
from ui.site import viewer_of
from ui.source_panel import source_room
from ui.text import say

if TYPE_CHECKING:
    from ui.site import Site

_FONTS = (
    "system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI",
    "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "sans-serif",
)  # fmt: skip
STYLES = (
    "style.css", "forms.css", "compare.css", "staff.css", "ask.css", "ledger.css", "reports.css", "drafts.css",
    "phone.css",
)  # fmt: skip
SCRIPTS = ("frame.js", "source.js", "page.js", "upload.js", "account.js", "staff.js", "ask.js", "acts.js", "drafts.js")
AT_ONCE = 4  # events of a kind worked on at the same time: more would only take turns
TELLS_PLACES = 3600  # seconds


def mount_pages(app: FastAPI, site: Site) -> dict[Language, dict[int, Page]]:
    """Mount the pages in Chinese at the root of `app` and in English at /en; routes that `app` has already come first.

    Returns to which page each event belongs, by language and by the number that Gradio gives it.

    Nothing of a conversation is kept in the browser, no API is shown, and an event of one user waits for others only
    when `AT_ONCE` are worked on.
    """
    page_of = {page.path: page for page in PAGES}
    events: dict[Language, dict[int, Page]] = {}
    for language, path in ((Language.ENGLISH, "/en"), (Language.CHINESE, "/")):  # the longer path is looked at first
        blocks = _pages(site, language)
        _mount(app, blocks, path)
        events[language] = {number: page_of[event.page] for number, event in blocks.fns.items()}
    return events


def _pages(site: Site, language: Language) -> gr.Blocks:
    build_of = builders()
    with gr.Blocks(title=say(language, "page_title"), analytics_enabled=False, fill_width=True) as blocks:
        _lay(blocks, build_of[ASK], site, language, ASK)
    for page in PAGES:
        if page is not ASK:
            with blocks.route(say(language, page.name), page.path, show_in_navbar=False):
                _lay(blocks, build_of[page], site, language, page)
    # Who waits is not told his place each time somebody else is served: no page of ours shows it.
    blocks.queue(default_concurrency_limit=AT_ONCE, api_open=False, status_update_rate=TELLS_PLACES)
    return blocks


def _lay(blocks: gr.Blocks, build: Build, site: Site, language: Language, page: Page) -> None:
    """The bar on top, as the viewer may use it once the page is loaded, and the page under it."""

    def bar(request: gr.Request) -> str:
        viewer = viewer_of(request)
        return header_html(site.archive_of(viewer), viewer, language, page)

    gr.Navbar(visible=False)  # the bar has our own menu
    before = brand_html(language, page) if site.accounts else header_html(site.whole, LOCAL, language, page)
    header = gr.HTML(before, elem_id="yj-header", apply_default_css=False)
    if page is ASK:  # its columns scroll by themselves
        build(blocks, site, language)
    else:
        with gr.Column(elem_id="yj-body"), gr.Column(elem_classes=["yj-page"]):
            build(blocks, site, language)
        with gr.Column(elem_id="yj-slide"):
            gr.HTML(source_room(language), elem_id="yj-source", apply_default_css=False)
    blocks.load(bar, None, header, queue=False, show_progress="hidden", api_visibility="private")


def _mount(app: FastAPI, blocks: gr.Blocks, path: str) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="SSR mode is not supported")  # it is not asked for
        _mount_quietly(app, blocks, path)


def _mount_quietly(app: FastAPI, blocks: gr.Blocks, path: str) -> None:
    gr.mount_gradio_app(
        app,
        blocks,
        path=path,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        show_error=False,
        max_file_size="1mb",  # Gradio itself takes no files
        theme=gr.themes.Base(
            primary_hue=gr.themes.colors.blue,
            neutral_hue=gr.themes.colors.gray,
            radius_size=gr.themes.sizes.radius_md,
            font=list(_FONTS),
            font_mono=["ui-monospace", "Consolas", "monospace"],
        ),
        css="\n".join(_asset(name) for name in STYLES),
        head="".join(f"<script>{_asset(name)}</script>" for name in SCRIPTS),
    )


def _asset(name: str) -> str:
    return files("ui").joinpath("assets", name).read_text(encoding="utf-8")
