"""The child process that decodes and encodes pictures; run by `pictures`, never imported by the shop.

It imports nothing of ours, so that it starts in a tenth of a second. It reads one job and the picture from its
standard input, each with its length before it, and writes a header and a picture for each one made.
"""

import json
import os
import resource
import struct
import sys
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import pyvips

MOST_PIXELS = 40_000_000
MASTER_EDGE = 2560
SECONDS = 60
MEMORY = 3 * 1024**3

LOADERS = {
    b"\xff\xd8\xff": pyvips.Image.jpegload_buffer,
    b"\x89PNG\r\n\x1a\n": pyvips.Image.pngload_buffer,
    b"RIFF": pyvips.Image.webpload_buffer,
}


def frame(*parts: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def unframe(content: bytes) -> Iterator[bytes]:
    position = 0
    while position < len(content):
        (length,) = struct.unpack_from(">I", content, position)
        yield content[position + 4 : position + 4 + length]
        position += 4 + length


def master(content: bytes) -> Iterator[bytes]:
    """The picture as we keep it. Only the header is read before its size in pixels is known."""
    loader = next(loader for magic, loader in LOADERS.items() if content.startswith(magic))
    image = loader(content, access="sequential", fail_on="error")
    if image.width * image.height > MOST_PIXELS:
        yield from (json.dumps({"refused": "pixels"}).encode(), b"")
        return
    image = image.autorot()
    if image.get_typeof("icc-profile-data"):
        image = image.icc_transform("srgb", embedded=True)
    image = image.colourspace("srgb").cast("uchar")
    longest = max(image.width, image.height)
    if longest > MASTER_EDGE:
        image = image.resize(MASTER_EDGE / longest)
    yield from encoded(image.copy_memory(), "webp", 90)


def renditions(content: bytes, widths: Sequence[int]) -> Iterator[bytes]:
    image = pyvips.Image.webpload_buffer(content, fail_on="error").copy_memory()
    for width in widths:
        height = max(1, round(image.height * width / image.width))
        small = image.resize(width / image.width, vscale=height / image.height).copy_memory()
        yield from encoded(small, "webp", 80)
        yield from encoded(small, "avif", 58)


def encoded(image: Any, kind: str, quality: int) -> Iterator[bytes]:
    if kind == "webp":
        # smart_subsample takes three times as long, for edges that AVIF, which most browsers get, has not either
        content = image.webpsave_buffer(Q=quality, effort=4, keep="none")
    else:  # effort 4 takes ten times as long for a few per cent
        content = image.heifsave_buffer(compression="av1", Q=quality, effort=2, keep="none")
    yield json.dumps({"format": kind, "width": image.width, "height": image.height}).encode()
    yield bytes(content)


def main(source: BinaryIO, target: BinaryIO) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    job, content = unframe(source.read())
    widths = json.loads(job)["widths"]
    if widths:
        os.nice(10)  # nobody waits for sizes; whoever loads a page meanwhile goes first
    target.write(frame(*(renditions(content, widths) if widths else master(content))))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
