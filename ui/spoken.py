"""In which language somebody is answered, and the half of a sentence said in both that is in it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.requests import Request

from assistant.types import Language
from ui.pages import language_at

_BOTH = re.compile(r"(.+?[。！？])\s*\((.+)\)", re.DOTALL)  # 中文。(English.)


def in_language(sentence: object, language: Language) -> str:
    """The half of a sentence, or of an error's, said in both languages, 中文。(English.), that is in the one asked for."""
    said = str(sentence)
    both = _BOTH.fullmatch(said)
    if both is None:
        return said
    return both[1] if language is Language.CHINESE else both[2]


def language_named(name: str, path: str = "") -> Language:
    """The language of that name (zh, en); that of the page at `path` where there is none such."""
    return Language(name) if name in set(Language) else language_at(path)


def spoken_in(request: Request) -> Language:
    """The language that a request is answered in: what it asks for, else that of its path or of the page it came from."""
    asked = request.query_params.get("language", "")
    here = language_named(asked, request.url.path)
    if asked or here is Language.ENGLISH:
        return here
    return language_at(urlsplit(request.headers.get("referer", "")).path)
