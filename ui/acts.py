"""What a page sends when something is done on it: a click on data-act, a form sent, an address gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

# What the element of a page runs once; the names in quotes are the events that Gradio binds: hub.act(...).
ON_LOAD = "youju.acts(element, (name, told) => trigger(name, told)); // 'show' 'act' 'save'"

LONGEST = 4000  # characters of a value
MOST = 2000  # values of a list
DIGITS = 15  # of a number


def told_of(event: gr.EventData) -> dict[str, str]:
    """What an event tells by name; whatever is no text is left out, for anybody may send anything."""
    sent = event._data
    if not isinstance(sent, dict):
        return {}
    return {str(name): value[:LONGEST] for name, value in sent.items() if isinstance(value, str)}


def number_in(text: str) -> int | None:
    """The whole number, 0 or more, that a page sent as text; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None


def listed(event: gr.EventData, name: str) -> list[str]:
    """The texts of a list that an event tells."""
    sent = event._data.get(name) if isinstance(event._data, dict) else None
    return [one[:LONGEST] for one in sent[:MOST] if isinstance(one, str)] if isinstance(sent, list) else []
