"""The routes by which files come in from a page and go out to whoever asked for them."""

from __future__ import annotations

import re
from typing import BinaryIO
from urllib.parse import quote

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.datastructures import UploadFile

from assistant.types import Language
from indexer.errors import UploadError
from indexer.viewer import Viewer
from ui.fit_requests import UPLOAD
from ui.render import error_html
from ui.site import Site, viewer_in
from ui.text import say

FORM = 1 << 16  # bytes that a form has around its file


def add_file_routes(app: FastAPI, site: Site) -> None:
    """/upload takes one file and says how it is called from then on; /download hands out what was made."""
    limit = site.whole.settings.load.limit_mb

    def kept(viewer: Viewer, name: str, stream: BinaryIO | None) -> JSONResponse:
        try:
            if stream is None:
                raise UploadError(f"文件超过{limit}MB或没有传全，没有接收；请分成几份再传。")
            sent = site.inbox.take(viewer, name, stream, limit_mb=limit)
        except UploadError as error:
            site.note(viewer, "upload", ok=False)
            return JSONResponse({"error": str(error)}, status_code=413)
        site.note(viewer, "upload")
        return JSONResponse({"token": sent.token, "name": sent.name, "size": sent.size})

    @app.post(UPLOAD)
    async def upload(request: Request) -> JSONResponse:
        viewer = viewer_in(request)
        if int(request.headers.get("content-length", "0")) > (limit << 20) + FORM:
            async for _ in request.stream():  # read to its end and kept nowhere: before that no browser reads an answer
                pass
            return await to_thread.run_sync(kept, viewer, "", None)
        async with request.form(max_files=1, max_fields=1) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                return await to_thread.run_sync(kept, viewer, "", None)
            return await to_thread.run_sync(kept, viewer, file.filename or "file", file.file)

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
