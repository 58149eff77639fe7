"""Style sheets, scripts and pictures of the shell: built at start, held compressed in memory, named by their content.

`static/css/*.css` are entries that import what they need (lightningcss bundles and minifies). A folder
`static/js/<name>/` becomes `js/<name>.js`, its files joined in order of name; a single `static/js/<name>.js` stays
itself. Everything else is served as it is. Names carry a hash of the bytes, so browsers keep them for good; the plain
name works too and is revalidated.
"""

import gzip
import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from typing import Literal, cast

import brotli
import lightningcss
import msgspec
from litestar.types import HTTPScope, Receive, Scope, Send

ROOT = Path(__file__).resolve().parents[2] / "static"
FOREVER = b"public, max-age=31536000, immutable"
REVALIDATE = b"public, max-age=0, must-revalidate"

Encoding = Literal["br", "gzip", "identity"]

_COMPRESSED = frozenset({".css", ".js", ".svg", ".json", ".webmanifest", ".txt", ".map", ".ico"})
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
_NOT_SERVED = frozenset({".toml", ".md"})
_COMMENT_LINE = re.compile(r"^\s*//.*$\n?", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class Asset(msgspec.Struct, frozen=True):
    """One file as it goes over the wire, in every encoding we offer."""

    name: str
    hashed_name: str
    content_type: bytes
    etag: bytes
    integrity: str
    bodies: Mapping[Encoding, bytes]


class StaticFiles:
    """The built files and the ASGI application that serves them under `prefix`.

    `reload` looks at the sources on every use and rebuilds what changed; for development only.
    """

    def __init__(self, root: Path = ROOT, *, prefix: str = "/static/", reload: bool = False) -> None:
        self.root = root
        self.prefix = prefix
        self._reload = reload
        self._stamp = -1
        self._assets: dict[str, Asset] = {}
        self._served: dict[str, tuple[Asset, bytes]] = {}
        self.build()

    def url(self, name: str) -> str:
        """The address of `name` ("css/site.css"), which changes with its content. Raises `LookupError`."""
        return self.prefix + self.asset(name).hashed_name

    def asset(self, name: str) -> Asset:
        """The built file `name`. Raises `LookupError` for a file that is not there."""
        if self._reload:
            self.build()
        if name not in self._assets:
            raise LookupError(f"no static file is named {name!r}")
        return self._assets[name]

    def find(self, path: str) -> Asset | None:
        """What is served at `path`, under its plain name or its hashed one."""
        found = self._served.get(path.removeprefix(self.prefix).lstrip("/"))
        return found[0] if found else None

    def build(self) -> None:
        """Read and build everything anew, unless nothing changed since the last time."""
        files = [path for path in sorted(self.root.rglob("*")) if path.is_file()]
        stamp = hash(tuple((path, path.stat().st_mtime_ns) for path in files))
        if stamp == self._stamp:
            return
        self._assets = {name: _asset(name, body) for name, body in _sources(self.root, files).items()}
        self._served = {asset.hashed_name: (asset, FOREVER) for asset in self._assets.values()}
        self._served |= {asset.name: (asset, REVALIDATE) for asset in self._assets.values()}
        self._stamp = stamp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve GET and HEAD; 304 for what the browser has, 404 for what is not there."""
        if self._reload:
            self.build()
        scope = cast(HTTPScope, scope)
        name = scope["path"].removeprefix(self.prefix).lstrip("/")
        found = self._served.get(name)
        if scope["method"] not in {"GET", "HEAD"}:
            await _answer(send, 405, [(b"allow", b"GET, HEAD"), (b"content-length", b"0")], b"")
        elif found is None:
            await _answer(send, 404, [(b"content-type", b"text/plain; charset=utf-8")], b"Not found")
        else:
            await self._serve(*found, scope, send)

    async def _serve(self, asset: Asset, cache_control: bytes, scope: HTTPScope, send: Send) -> None:
        request = dict(scope["headers"])
        encoding = _choose(asset, request.get(b"accept-encoding", b""))
        etag = asset.etag if encoding == "identity" else asset.etag[:-1] + b"-" + encoding.encode() + b'"'
        headers = [
            (b"etag", etag),
            (b"cache-control", cache_control),
            (b"vary", b"accept-encoding"),
            (b"x-content-type-options", b"nosniff"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        if _matches(request.get(b"if-none-match", b""), etag):
            await _answer(send, 304, headers, b"")
            return
        body = asset.bodies[encoding]
        headers += [(b"content-type", asset.content_type), (b"content-length", str(len(body)).encode())]
        if encoding != "identity":
            headers.append((b"content-encoding", encoding.encode()))
        await _answer(send, 200, headers, b"" if scope["method"] == "HEAD" else body)


def _sources(root: Path, files: list[Path]) -> dict[str, bytes]:
    """Name to bytes of everything that is served, style sheets and scripts built."""
    css, js = root / "css", root / "js"
    sources: dict[str, bytes] = {}
    for path in files:
        name = path.relative_to(root).as_posix()
        if path.suffix in _NOT_SERVED or path.name.startswith((".", "LICENSE")):
            continue
        if path.suffix == ".css" and css in path.parents:
            if path.parent == css:
                sources[name] = lightningcss.bundle_css(str(path), minify=True).encode()
        elif path.suffix == ".js" and js in path.parents:
            built = name if path.parent == js else f"js/{path.relative_to(js).parts[0]}.js"
            sources[built] = sources.get(built, b"") + _slim(path.read_text())
        elif root / "build" not in path.parents:
            sources[name] = path.read_bytes()
    return sources


def _slim(script: str) -> bytes:
    """Without comment lines and indentation: names stay readable, brotli does the rest."""
    return _INDENT.sub("", _COMMENT_LINE.sub("", script)).encode()


def _asset(name: str, body: bytes) -> Asset:
    path = Path(name)
    digest = hashlib.sha384(body).digest()
    short = hashlib.sha256(body).hexdigest()[:12]
    bodies: dict[Encoding, bytes] = {"identity": body}
    if path.suffix in _COMPRESSED:
        bodies["br"] = brotli.compress(body, quality=11)
        bodies["gzip"] = gzip.compress(body, 9, mtime=0)
    return Asset(
        name=name,
        hashed_name=str(path.with_suffix(f".{short}{path.suffix}")),
        content_type=(_TYPES.get(path.suffix) or guess_type(name)[0] or "application/octet-stream").encode(),
        etag=b'"' + short.encode() + b'"',
        integrity="sha384-" + b64encode(digest).decode(),
        bodies=bodies,
    )


def _choose(asset: Asset, accepted: bytes) -> Encoding:
    """The smallest form that the client reads; `q=0` refuses one."""
    offers = {}
    for part in accepted.decode("latin-1").lower().split(","):
        coding, _, parameters = part.strip().partition(";")
        offers[coding.strip()] = parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    for encoding in ("br", "gzip"):
        if encoding in asset.bodies and offers.get(encoding, offers.get("*", False)):
            return encoding
    return "identity"


def _matches(if_none_match: bytes, etag: bytes) -> bool:
    candidates = {tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")}
    return etag in candidates or b"*" in candidates


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
