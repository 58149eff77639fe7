"""Opens the stores that the settings name: of pictures, and of papers that are nobody's but their owner's."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from app.runtime.settings import Settings
from domains.catalog import DiskStorage, FileStore, Storage


def open_storage(settings: Settings) -> Storage:
    """The folder of `MEDIA_URL`. Raises `ValueError` for a kind of store that is not built."""
    return DiskStorage(_folder(settings))


def open_files(settings: Settings) -> FileStore:
    """A folder beside that of `MEDIA_URL`, with `-private` behind its name: nothing of it is served by its name.

    Raises `ValueError` as `open_storage` does.
    """
    folder = _folder(settings)
    return DiskStorage(folder.with_name(f"{folder.name}-private"))


def _folder(settings: Settings) -> Path:
    parts = urlsplit(settings.media_url or (settings.data_dir / "media").as_uri())
    if parts.scheme != "file":
        raise ValueError("MEDIA_URL must begin with file://; S3 is not built yet")
    return Path(unquote(parts.path))


def open_papers(settings: Settings) -> Storage:
    """The folder of documents with names and addresses: beside the pictures and never in a folder that is served."""
    return DiskStorage(settings.data_dir / "papers", url="")
