"""The routes of the frame itself: the product's sign, and whether the server is there."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI, Response
from fastapi.responses import RedirectResponse

SIGN = "/favicon.svg"
ALIVE = "/alive"


def add_frame_routes(app: FastAPI) -> None:
    """What every page asks for beside itself; both answer to anybody and tell nothing of the archive."""
    sign = files("ui").joinpath("assets", "favicon.svg").read_bytes()

    @app.get(SIGN)
    @app.get("/favicon.ico")
    def favicon() -> Response:
        return Response(sign, media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})

    @app.get("/en")
    def english() -> Response:
        return RedirectResponse("/en/", 307)

    @app.get(ALIVE)
    def alive() -> Response:
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
