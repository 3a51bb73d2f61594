"""The page 操作记录: who did what and when, for administrators."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import gradio as gr

from assistant.types import Language
from indexer.audit import EVERYTHING
from indexer.errors import AccountError
from indexer.viewer import Role
from ui.accounts_view import refused_line
from ui.audit_view import SHOWN, Wanted, audit_html, csv_of, export_html
from ui.site import viewer_of
from ui.spoken import in_language
from ui.text import say

if TYPE_CHECKING:
    from ui.site import Site

# The events' names in quotes are what Gradio binds `.show` and `.save` to.
_ON_LOAD = """
const wanted = () => {
  const form = element.querySelector('.yj-filters');
  return Object.fromEntries(['account', 'action', 'since', 'until'].map((name) => [name, form.elements[name].value]));
};
element.addEventListener('submit', (event) => {
  event.preventDefault();
  trigger('show', { ...wanted(), before: '' });
});
element.addEventListener('click', (event) => {
  const turn = event.target.closest('[data-before]');
  if (turn) trigger('show', { ...wanted(), before: turn.dataset.before });
  else if (event.target.closest('[data-export]')) trigger('save', wanted());
});
"""


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""

    def listed(request: gr.Request, wanted: Wanted, before: str = "") -> tuple[str, str]:
        if not viewer_of(request).role.at_least(Role.ADMINISTRATOR):
            return refused_line(say(language, "event_refused")), ""
        said, only = "", EVERYTHING
        try:
            only = wanted.filter(language)
        except AccountError as error:
            said = refused_line(in_language(error, language))
        last = int(before) if before.isascii() and before.isdigit() else None
        entries = site.whole.audit.newest(SHOWN + 1, only, before=last)
        more = len(entries) > SHOWN
        return said, audit_html(wanted, entries[:SHOWN], language, more=more, later=last is not None)

    def first(request: gr.Request) -> tuple[str, str]:
        return listed(request, Wanted())

    def show(request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        return listed(request, _wanted(event), str(getattr(event, "before", "")))

    def save(request: gr.Request, event: gr.EventData) -> str:
        viewer = viewer_of(request)
        if not viewer.role.at_least(Role.ADMINISTRATOR):
            return refused_line(say(language, "event_refused"))
        try:
            only = _wanted(event).filter(language)
        except AccountError as error:
            return refused_line(in_language(error, language))
        name = f"{say(language, 'nav_audit')}-{date.today():%Y%m%d}.csv"
        address = site.outbox.put(viewer, name, csv_of(site.whole.audit.rows(only)))
        site.note(viewer, "export", "audit")
        return export_html(address, name, language)

    said = gr.HTML("", elem_id="yj-said", apply_default_css=False)
    table = gr.HTML("", elem_id="yj-audit", apply_default_css=False, js_on_load=_ON_LOAD)
    quiet = {"show_progress": "hidden", "api_visibility": "private"}
    table.show(show, None, [said, table], **quiet)
    table.save(save, None, said, **quiet)
    page.load(first, None, [said, table], queue=False, **quiet)


def _wanted(event: gr.EventData) -> Wanted:
    return Wanted(*(str(getattr(event, name, "")) for name in ("account", "action", "since", "until")))
