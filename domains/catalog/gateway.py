"""Where pictures are kept: an object store, by default a folder on disk."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol, runtime_checkable

import obstore
from obstore.store import LocalStore

# What a key ends with says what the object is; nothing else is ever stored or served.
CONTENT_TYPES = {"webp": "image/webp", "avif": "image/avif", "jpg": "image/jpeg", "png": "image/png"}

_CHUNK = 256 * 1024


class NotStored(LookupError):
    """No object has this key."""


@runtime_checkable  # handlers are handed one, and Litestar looks at what it hands them
class Storage(Protocol):
    """Objects by key. A key names its content, so an object is written once and never changes."""

    async def put(self, key: str, content: bytes) -> None: ...

    async def get(self, key: str) -> bytes:
        """The object's content; raises `NotStored`."""
        ...

    def url(self, key: str) -> str:
        """Where browsers fetch it."""
        ...


@runtime_checkable
class FileStore(Protocol):
    """Files by key that no browser can reach by themselves: what is sold, what staff handed in."""

    async def keep(self, key: str, path: Path) -> None:
        """Keep the content of the file at `path`, however large it is."""
        ...

    def chunks(self, key: str) -> AsyncIterator[bytes]:
        """The content piece by piece; raises `NotStored` at the first."""
        ...


class DiskStorage:
    """A folder on disk, spread over 256 folders within; written to a temporary file first and then renamed."""

    def __init__(self, root: Path, *, url: str = "/media/") -> None:
        root.mkdir(parents=True, exist_ok=True)
        self._store = LocalStore(prefix=root, mkdir=True)
        self._url = url.rstrip("/")

    async def put(self, key: str, content: bytes) -> None:
        await obstore.put_async(self._store, _path(key), content)

    async def get(self, key: str) -> bytes:
        try:
            found = await obstore.get_async(self._store, _path(key))
        except FileNotFoundError as error:
            raise NotStored(key) from error
        return bytes(await found.bytes_async())

    async def keep(self, key: str, path: Path) -> None:
        await obstore.put_async(self._store, _path(key), path)

    async def chunks(self, key: str) -> AsyncIterator[bytes]:
        try:
            found = await obstore.get_async(self._store, _path(key))
        except FileNotFoundError as error:
            raise NotStored(key) from error
        async for chunk in found.stream(min_chunk_size=_CHUNK):
            yield bytes(chunk)

    def url(self, key: str) -> str:
        return f"{self._url}/{key}"


def _path(key: str) -> str:
    return f"{key[:2]}/{key}"
