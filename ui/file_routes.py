"""The routes by which files come in from a page and go out to whoever asked for them."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import FastAPI, File, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse

from assistant.types import Language
from indexer.errors import UploadError
from ui.render import error_html
from ui.site import Site, viewer_in
from ui.text import say


def add_file_routes(app: FastAPI, site: Site) -> None:
    """/upload takes one file and says how it is called from then on; /download hands out what was made."""

    @app.post("/upload")
    def upload(request: Request, file: Annotated[UploadFile, File()]) -> JSONResponse:
        viewer = viewer_in(request)
        limit = site.whole.settings.load.limit_mb
        try:
            sent = site.inbox.take(viewer, file.filename or "file", file.file, limit_mb=limit)
        except UploadError as error:
            site.note(viewer, "upload", ok=False)
            return JSONResponse({"error": str(error)}, status_code=413)
        site.note(viewer, "upload")
        return JSONResponse({"token": sent.token, "name": sent.name, "size": sent.size})

    @app.get("/download/{token}")
    def download(request: Request, token: str) -> Response:
        made = site.outbox.get(viewer_in(request), token)
        if made is None:
            return HTMLResponse(error_html(say(Language.CHINESE, "download_gone")), status_code=404)
        headers = {"Content-Disposition": attachment(made.name), "Cache-Control": "no-store"}
        return Response(made.content, media_type=made.media_type, headers=headers)


def attachment(name: str) -> str:
    """The Content-Disposition that saves a file under its own name, whatever its script (RFC 6266, RFC 5987)."""
    ascii_name = re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("_.") or "report"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
