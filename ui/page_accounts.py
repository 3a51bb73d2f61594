"""The page 账户: who may use the archive, and in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from assistant.types import Language
from ui.accounts_desk import AccountsDesk
from ui.site import viewer_of

if TYPE_CHECKING:
    from ui.site import Site

# The event's name in quotes is what Gradio binds `.act` to.
_ON_LOAD = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-do]');
  if (button) trigger('act', { what: button.dataset.do, name: button.dataset.name, role: '', typed: '' });
});
element.addEventListener('change', (event) => {
  const role = event.target.closest('select[data-do]');
  if (role) trigger('act', { what: role.dataset.do, name: role.dataset.name, role: role.value, typed: '' });
});
element.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-do]');
  if (!form) return;
  event.preventDefault();
  const typed = form.querySelector('input').value;
  const role = form.querySelector('select');
  trigger('act', { what: form.dataset.do, name: form.dataset.name || typed, role: role ? role.value : '', typed });
  form.reset();
});
"""


def build(page: gr.Blocks, site: Site, language: Language) -> None:
    """Lay the page out in the open `page`."""
    desk = AccountsDesk(site, language)

    def show(request: gr.Request) -> tuple[str, str]:
        return "", desk.listed(viewer_of(request))

    def act(request: gr.Request, event: gr.EventData) -> tuple[str, str]:
        viewer = viewer_of(request)
        what, name, role, typed = (str(getattr(event, part, "")) for part in ("what", "name", "role", "typed"))
        said = desk.carry_out(viewer, what, name, role=role, typed=typed)
        return said, desk.listed(viewer)

    said = gr.HTML("", elem_id="yj-said", apply_default_css=False)
    table = gr.HTML("", elem_id="yj-accounts", apply_default_css=False, js_on_load=_ON_LOAD)
    quiet = {"show_progress": "hidden", "api_visibility": "private"}
    table.act(act, None, [said, table], **quiet)
    page.load(show, None, [said, table], queue=False, **quiet)
