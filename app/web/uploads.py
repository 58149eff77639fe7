"""Files that come with a form: on disk once they are larger than a megabyte, gone when the request is over."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar.datastructures import UploadFile

from domains.kit import Invalid
from domains.kit.i18n import gettext as _


def uploads_of(sent: Mapping[str, list[Any]], field: str) -> list[UploadFile]:
    """The files in a field; a field that was left empty comes as a file without a name."""
    return [one for one in sent.get(field, ()) if isinstance(one, UploadFile) and one.filename]


def upload_of(sent: Mapping[str, list[Any]], field: str) -> UploadFile:
    """The one file in a field. Raises `Invalid` where there is none."""
    found = uploads_of(sent, field)
    if not found:
        raise Invalid({field: _("Choose a file.")})
    return found[0]


@asynccontextmanager
async def on_disk(upload: UploadFile) -> AsyncIterator[Path]:
    """The upload as a file of its own while the block lasts."""
    with tempfile.NamedTemporaryFile(prefix="stoa-upload-") as file:
        upload.file.seek(0)
        await asyncio.to_thread(shutil.copyfileobj, upload.file, file, 1024 * 1024)
        file.flush()
        yield Path(file.name)


def texts_of(sent: Mapping[str, list[Any]]) -> dict[str, list[str]]:
    """The fields of a form that are no files."""
    return {
        name: [one for one in values if isinstance(one, str)]
        for name, values in sent.items()
        if any(isinstance(one, str) for one in values)
    }
