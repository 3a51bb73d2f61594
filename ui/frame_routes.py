"""The routes of the frame itself: the product's sign, whether the server is there, and what the archive holds now."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from ui.frame import held_html
from ui.site import Site, viewer_in
from ui.spoken import spoken_in

SIGN = "/favicon.svg"
ALIVE = "/alive"
HELD = "/held"


def add_frame_routes(app: FastAPI, site: Site) -> None:
    """What every page asks for beside itself; but for `HELD` they answer to anybody and tell nothing of the archive."""
    sign = files("ui").joinpath("assets", "favicon.svg").read_bytes()

    @app.get(SIGN)
    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(sign, media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})

    @app.get("/en")
    def english() -> Response:
        return RedirectResponse("/en/", 307)

    @app.get(HELD, response_class=HTMLResponse)
    def held(request: Request) -> HTMLResponse:
        archive = site.archive_of(viewer_in(request))
        return HTMLResponse(held_html(archive, spoken_in(request)), headers={"Cache-Control": "no-store"})

    @app.get(ALIVE)
    def alive() -> Response:
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
