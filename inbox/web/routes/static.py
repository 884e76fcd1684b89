"""Style sheets, scripts, icons."""

from __future__ import annotations

from fastapi import APIRouter, Response

from inbox.asgi.deps import HereNow, allow
from inbox.auth.permissions import Permission
from inbox.errors import NotFound
from inbox.web.assets import assets

router = APIRouter()


@router.get("/static/{digest}/{name}", dependencies=[allow(Permission.PUBLIC)])
async def static(here: HereNow, digest: str, name: str) -> Response:
    """One of our own files; there is no way from here to any other."""
    asset = assets().get(name)
    if asset is None or asset.digest != digest:
        raise NotFound
    headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "Accept-Encoding"}
    if "gzip" in here.request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(asset.gzipped, headers=headers, media_type=asset.content_type)
    return Response(asset.plain, headers=headers, media_type=asset.content_type)
