"""Pictures from outside, decoded and encoded in a process of its own that has little memory and little time.

A picture is the most dangerous file a shop takes. Its type is told from its content, its size from its header before
anything is decoded, and what we keep is drawn anew: no metadata, no other format hidden behind it.
"""

import asyncio
import hashlib
import itertools
import json
import os
import sys
from collections.abc import Sequence

import msgspec

from domains.catalog import encoder
from domains.catalog.errors import PictureRefused
from domains.kit.i18n import gettext as _

MOST_BYTES = 20 * 1024 * 1024
RENDITION_WIDTHS = (320, 640, 960, 1600)
FORMATS = ("webp", "avif")


class Encoded(msgspec.Struct, frozen=True):
    """A picture in its final bytes; its key is the hash of them."""

    format: str
    width: int
    height: int
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def key(self) -> str:
        return f"{self.sha256}.{self.format}"


async def take_in(content: bytes) -> Encoded:
    """The picture as we keep it: upright, sRGB, at most 2560 pixels long, WebP, without metadata.

    Raises `PictureRefused` for what is too big, too large in pixels, no picture, or damaged.
    """
    if len(content) > MOST_BYTES:
        raise PictureRefused(_("The file is larger than 20 MB. Choose a smaller one."))
    if not content.startswith(tuple(encoder.LOADERS)) or (content[:4] == b"RIFF" and content[8:12] != b"WEBP"):
        raise PictureRefused(_("The file is not a picture we can use. Choose a JPEG, PNG or WebP file."))
    [master] = await _in_child((), content)
    return master


def wanted_widths(width: int) -> tuple[int, ...]:
    """Each of our widths that is smaller than the picture, and its own if it is not larger than our largest."""
    smaller = tuple(wanted for wanted in RENDITION_WIDTHS if wanted < width)
    return (*smaller, width) if width <= RENDITION_WIDTHS[-1] else smaller


async def renditions(master: bytes, widths: Sequence[int]) -> list[Encoded]:
    """The picture we keep in each of `widths`, as WebP and as AVIF. Raises `PictureRefused` if it cannot be read."""
    return await _in_child(widths, master)


async def _in_child(widths: Sequence[int], content: bytes) -> list[Encoded]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        encoder.__file__,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "VIPS_CONCURRENCY": "2"},  # no secret of ours reaches the decoder
    )
    damaged = PictureRefused(_("The picture is damaged and cannot be read. Save it again and retry."))
    given = encoder.frame(json.dumps({"widths": list(widths)}).encode(), content)
    try:
        async with asyncio.timeout(encoder.SECONDS):
            output, _errors = await child.communicate(given)
    except TimeoutError as error:
        raise damaged from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise damaged
    made: list[Encoded] = []
    for header, picture in itertools.batched(encoder.unframe(output), 2):
        described = json.loads(header)
        if described.get("refused") == "pixels":
            raise PictureRefused(_("The picture has more than 40 million pixels. Choose a smaller one."))
        made.append(Encoded(described["format"], described["width"], described["height"], picture))
    return made
