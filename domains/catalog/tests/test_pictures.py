from pathlib import Path

import pytest
import pyvips

from domains import catalog
from domains.catalog import pictures
from domains.catalog.tests.factories import STAFF, mug, png
from domains.kit import Database


@pytest.fixture
def storage(tmp_path: Path) -> catalog.DiskStorage:
    return catalog.DiskStorage(tmp_path / "media")


async def test_a_picture_is_kept_once_under_the_hash_of_its_content(db: Database, storage: catalog.DiskStorage) -> None:
    first = await catalog.store_picture(db, storage, STAFF, png())
    second = await catalog.store_picture(db, storage, STAFF, png())

    async with db.transaction(STAFF) as tx:
        picture = (await catalog.pictures_of(tx, [first]))[first]
        facts = (await tx.sql("SELECT count(*) FROM kit.events WHERE type = 'media.added'")).scalar_one()

    assert first == second
    assert facts == 1
    assert (picture.width, picture.height, picture.renditions) == (400, 500, ())
    assert (await storage.get(picture.key))[:4] == b"RIFF"
    assert storage.url(picture.key) == f"/media/{picture.key}"


async def test_the_worker_makes_every_smaller_size_in_two_formats_once(
    db: Database, storage: catalog.DiskStorage
) -> None:
    media_id = await catalog.store_picture(db, storage, STAFF, png(1000, 1250))
    async with db.transaction(STAFF) as tx:
        waiting = await catalog.without_renditions(tx)

    made = await catalog.make_renditions(db, storage, media_id)
    again = await catalog.make_renditions(db, storage, media_id)

    async with db.transaction(STAFF) as tx:
        picture = (await catalog.pictures_of(tx, [media_id]))[media_id]
        left = await catalog.without_renditions(tx)
    assert waiting == [media_id]
    assert left == []
    assert (made, again) == (8, 0)
    assert [(rendition.format, rendition.width) for rendition in picture.renditions] == [
        (kind, width) for kind in ("avif", "webp") for width in (320, 640, 960, 1000)
    ]
    for rendition in picture.renditions:
        image = pyvips.Image.new_from_buffer(await storage.get(rendition.key), "")
        assert (image.width, image.height) == (rendition.width, round(rendition.width * 1.25))


async def test_renditions_of_an_unknown_picture_are_refused(db: Database, storage: catalog.DiskStorage) -> None:
    async with db.transaction(STAFF) as tx:
        product_id = await mug(tx)

    with pytest.raises(catalog.MediaNotFound):
        await catalog.make_renditions(db, storage, product_id)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>not a picture</html>",
        b"%PDF-1.7 a document called photo.png",
        b"GIF89a" + b"\0" * 100,
        b"RIFF\x10\0\0\0WAVEfmt ",
        b"\xff\xd8\xff and then nonsense",
        png()[:200],
    ],
)
async def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(catalog.PictureRefused):
        await pictures.take_in(content)


async def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    bomb: bytes = pyvips.Image.black(12000, 12000).pngsave_buffer()
    assert len(bomb) < 500_000

    with pytest.raises(catalog.PictureRefused, match="There is a problem") as refusal:
        await pictures.take_in(bomb)

    assert "40 million" in refusal.value.fields["picture"]


async def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(catalog.PictureRefused):
        await pictures.take_in(b"\xff\xd8\xff" + b"\0" * pictures.MOST_BYTES)


async def test_what_is_kept_is_drawn_anew_and_says_nothing_of_where_it_was_taken() -> None:
    image = pyvips.Image.black(300, 200, bands=3).copy(interpretation="srgb")
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd3-GPSLatitude", "48/1 12/1 0/1")
    with_script = image.jpegsave_buffer() + b"<script>alert(1)</script>"
    assert b"Exif" in with_script

    kept = await pictures.take_in(with_script)

    assert b"script" not in kept.content
    assert b"EXIF" not in kept.content.upper()
    assert kept.format == "webp"


async def test_a_picture_is_kept_upright_and_at_most_2560_pixels_long() -> None:
    image = pyvips.Image.black(3000, 1500, bands=3).copy(interpretation="srgb")
    image.set_type(pyvips.GValue.gint_type, "orientation", 6)

    kept = await pictures.take_in(image.jpegsave_buffer())

    assert (kept.width, kept.height) == (1280, 2560)


async def test_an_object_that_is_not_there_is_said_to_be_missing(storage: catalog.DiskStorage) -> None:
    with pytest.raises(catalog.NotStored):
        await storage.get("ab" * 32 + ".webp")
