"""Styles and scripts, from the package only: what is not in the folder at the start is not served."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_HOUR = "public, max-age=3600"


def asset(request: Request) -> Response:
    """Answer with a file of ours."""
    found = _all().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    content, media, tag = found
    headers = {"ETag": tag, "Cache-Control": _HOUR}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media, headers=headers)


def content(name: str) -> str:
    """Return a file of ours as text, for what must be one file with its styles in it."""
    return _all()[name][0].decode()


@cache
def _all() -> dict[str, tuple[bytes, str, str]]:
    folder = files("ingest.reader") / "assets"
    found = {}
    for path in folder.iterdir():
        media = _TYPES.get(path.name.rpartition(".")[2])
        if media:
            content = path.read_bytes()
            found[path.name] = (content, media, f'"{sha256(content).hexdigest()[:16]}"')
    return found
