"""The page 计划与完成: what one report planned beside what the next one says of it, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from assistant.types import Language
from ui.page_form import lay_form
from ui.plans_desk import PlansDesk

if TYPE_CHECKING:
    from ui.site import Site

FIELDS = ("plan", "numbers", "kind", "draft", "title")


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""
    lay_form(page, PlansDesk(site, language), "plans", FIELDS, language)
