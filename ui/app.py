"""The web page as one Gradio application: theme, style, script and the pages in it; nothing comes from outside."""

from __future__ import annotations

import os
from importlib.resources import files
from typing import TYPE_CHECKING

from fastapi import FastAPI

from assistant.types import Language
from ui.text import say

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.types import Answer
    from indexer.archive import Archive

# Said to Gradio before it is imported: no analytics, no look at the model hub.
_QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
_FONTS = (
    "system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei UI",
    "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "sans-serif",
)  # fmt: skip
AT_ONCE = 16  # questions answered at the same time


def mount_page(app: FastAPI, archive: Archive, chain: Runnable[dict[str, object], Answer], language: Language) -> None:
    """Mount the page at the root of `app`; routes that `app` has already come first.

    Nothing of a conversation is kept in the browser, no API is shown, and a question sent by one user waits for others
    only when `AT_ONCE` are being answered.
    """
    os.environ.update(_QUIET)
    import gradio as gr

    from ui import page_ask

    with gr.Blocks(title=say(language, "page_title"), analytics_enabled=False, fill_width=True) as page:
        page_ask.build(page, archive, chain, language)
    page.queue(default_concurrency_limit=AT_ONCE, api_open=False)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        show_error=False,
        max_file_size="1mb",  # the page takes no files
        theme=gr.themes.Base(
            primary_hue=gr.themes.colors.blue,
            neutral_hue=gr.themes.colors.gray,
            radius_size=gr.themes.sizes.radius_md,
            font=list(_FONTS),
            font_mono=["ui-monospace", "Consolas", "monospace"],
        ),
        css=_asset("style.css"),
        head=f"<script>{_asset('page.js')}</script>",
    )


def _asset(name: str) -> str:
    return files("ui").joinpath(name).read_text(encoding="utf-8")
