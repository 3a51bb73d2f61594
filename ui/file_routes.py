"""The routes by which files come in from a page and go out to whoever asked for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.datastructures import UploadFile

from indexer.errors import UploadError
from indexer.viewer import Role, Viewer
from ui.fit_requests import UPLOAD
from ui.render import error_html
from ui.site import Site, viewer_in
from ui.spoken import in_language, spoken_in
from ui.text import say

if TYPE_CHECKING:
    from indexer.settings import Load

FORM = 1 << 16  # bytes that a form has around its file


def add_file_routes(app: FastAPI, site: Site) -> None:
    """/upload takes one file and says how it is called from then on; /download hands out what was made."""
    ways = FileWays(site)
    app.add_api_route(UPLOAD, ways.upload, methods=["POST"])
    app.add_api_route("/download/{token}", ways.download, methods=["GET"])


def limit_mb(load: Load, viewer: Viewer, name: str = ".zip") -> int:
    """How large a file of that name may be that the viewer sends; a zip of reports is for those who take reports in."""
    is_zip = name.lower().endswith(".zip") and viewer.role.at_least(Role.CLERK)
    return max(load.limit_mb, load.zip_mb) if is_zip else load.limit_mb


class FileWays:
    """What both routes answer."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._load = site.whole.settings.load

    async def upload(self, request: Request) -> Response:
        """The name under which the file is kept, or why it is not."""
        most = limit_mb(self._load, viewer_in(request))
        if int(request.headers.get("content-length", "0")) > (most << 20) + FORM:
            async for _ in request.stream():  # read to its end and kept nowhere: before that no browser reads an answer
                pass
            return await to_thread.run_sync(self._kept, request, "", None)
        async with request.form(max_files=1, max_fields=1) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                return await to_thread.run_sync(self._kept, request, "", None)
            return await to_thread.run_sync(self._kept, request, file.filename or "file", file.file)

    def _kept(self, request: Request, name: str, stream: BinaryIO | None) -> Response:
        viewer = viewer_in(request)
        most = limit_mb(self._load, viewer, name)
        try:
            if stream is None:
                raise UploadError(
                    f"文件超过{limit_mb(self._load, viewer)}MB或没有传全，没有接收；请分成几份再传。"
                    "(The file is too large or did not arrive whole; send it in several parts.)"
                )
            sent = self._site.inbox.take(viewer, name, stream, limit_mb=most)
        except UploadError as error:
            self._site.note(viewer, "upload", ok=False)
            return JSONResponse({"error": in_language(error, spoken_in(request))}, status_code=413)
        self._site.note(viewer, "upload")
        return JSONResponse({"token": sent.token, "name": sent.name, "size": sent.size})

    def download(self, request: Request, token: str) -> Response:
        """The file, to whom it was made for, while he may see all that it shows."""
        viewer = viewer_in(request)
        made = self._site.outbox.get(viewer, token, seen=self._site.archive_of(viewer))
        if made is None:
            return HTMLResponse(error_html(say(spoken_in(request), "download_gone")), status_code=404)
        headers = {"Content-Disposition": attachment(made.name), "Cache-Control": "no-store"}
        return Response(made.content, media_type=made.media_type, headers=headers)


def attachment(name: str) -> str:
    """The Content-Disposition that saves a file under its own name, whatever its script (RFC 6266, RFC 5987)."""
    ascii_name = re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("_.") or "report"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
