"""The panel that shows a cited sentence in its report: an empty room that the page's script fills on a click."""

from __future__ import annotations

from assistant.types import Language
from ui.render import text_html


def source_room(language: Language) -> str:
    """The panel as HTML: close, the citation before and after, and the room for what /source answers.

    Any element with `data-cite` on the page opens it. On the page 问答 it stands beside the conversation; on every
    other page it slides in from the right.
    """
    return (
        f'<div class="yj-panel" role="region" aria-label="{text_html(language, "source")}">'
        '<div class="yj-steps" hidden>'
        f"{_button(language, 'yj-step', 'source_before', '‹', ' data-step=-1')}"
        '<span class="yj-place" aria-live="polite"></span>'
        f"{_button(language, 'yj-step', 'source_after', '›', ' data-step=1')}</div>"
        f"{_button(language, 'yj-close', 'source_close', '×')}"
        f'<div class="yj-room" data-language="{language.value}" data-failed="{text_html(language, "source_failed")}">'
        f'<p class="yj-hint">{text_html(language, "source_hint")}</p></div></div>'
    )


def _button(language: Language, kind: str, label: str, sign: str, more: str = "") -> str:
    said = text_html(language, label)
    return f'<button type="button" class="{kind}" aria-label="{said}" title="{said}"{more}>{sign}</button>'
