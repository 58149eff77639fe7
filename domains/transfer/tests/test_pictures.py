"""Pictures of an import: fetched apart, tried again, given up, and never in anybody's way."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from domains import catalog, transfer
from domains.catalog.tests.factories import png
from domains.kit import Database
from domains.kit.clock import shift
from domains.kit.outgoing import OutgoingClient
from domains.transfer.operations.pictures import MOST_TRIES, claim
from domains.transfer.tests.factories import STAFF

type Paths = dict[str, tuple[str, bytes]]


@pytest.fixture
def storage(tmp_path: Path) -> catalog.DiskStorage:
    return catalog.DiskStorage(tmp_path / "media")


@asynccontextmanager
async def cdn(paths: Paths) -> AsyncIterator[tuple[str, list[str]]]:
    """A server of pictures, and what it was asked for."""
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).decode().split()[1]
        asked.append(path)
        status, body = paths.get(path, ("404 Not Found", b""))
        writer.write(f"HTTP/1.1 {status}\r\nConnection: close\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    running = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{running.sockets[0].getsockname()[1]}", asked
    finally:
        running.close()


async def fetch(db: Database, storage: catalog.Storage) -> int:
    async with OutgoingClient(allowed=("127.0.0.1/32",)) as client:
        return await transfer.flows.fetch_pictures(db, client, storage)


async def alts(db: Database, slug: str) -> list[str]:
    async with db.transaction(STAFF) as tx:
        (record,) = await catalog.product_records(tx, slugs=[slug])
    return [image.alt for image in record.images]


async def later(db: Database, seconds: float) -> None:
    async with db.transaction(STAFF) as tx:
        await shift(tx, timedelta(seconds=seconds))


async def counts(db: Database) -> transfer.PictureCounts:
    async with db.transaction(STAFF) as tx:
        return await transfer.picture_counts(tx)


def mug(base: str, *paths: str, handle: str = "mug") -> list[dict[str, str]]:
    rows = [{"Handle": handle, "Image Src": f"{base}{path}", "Image Alt Text": path} for path in paths]
    rows[0] |= {"Title": "Mug", "Variant Price": "12.00"}
    return rows


async def test_pictures_come_in_their_order_each_address_once_and_variants_get_theirs(
    live_shop: Database, storage: catalog.DiskStorage, sheet: Callable[..., Path]
) -> None:
    red, blue = png(colour=(200, 0, 0)), png(colour=(0, 0, 200))
    async with cdn({"/red.png": ("200 OK", red), "/blue.png": ("200 OK", blue)}) as (base, asked):
        rows = [
            {
                "Handle": "cup",
                "Title": "Cup",
                "Option1 Name": "Color",
                "Option1 Value": color,
                "Variant Price": "9",
                "Image Src": f"{base}/{color.lower()}.png",
                "Image Alt Text": color,
                "Variant Image": f"{base}/{color.lower()}.png",
            }
            for color in ("Red", "Blue")
        ]
        path = sheet([*rows, *mug(base, "/red.png")])
        report = await transfer.flows.import_file(live_shop, path, STAFF)
        came = await fetch(live_shop, storage)
        again = await transfer.flows.import_file(live_shop, path, STAFF)
        assert await fetch(live_shop, storage) == 0

    assert not report.refused
    assert (report.pictures, came, sorted(asked)) == (2, 2, ["/blue.png", "/red.png"])
    assert await alts(live_shop, "cup") == ["Red", "Blue"]
    assert await alts(live_shop, "mug") == ["/red.png"]
    async with live_shop.transaction(STAFF) as tx:
        (cup,) = await catalog.product_records(tx, slugs=["cup"])
    assert [variant.picture_id for variant in cup.variants] == [image.media_id for image in cup.images]
    assert again.is_idle
    assert await counts(live_shop) == transfer.PictureCounts(2, 0, 0)


async def test_what_does_not_come_is_tried_later_and_in_the_end_given_up(
    live_shop: Database, storage: catalog.DiskStorage, sheet: Callable[..., Path]
) -> None:
    paths: Paths = {"/html": ("200 OK", b"<html>not a picture</html>"), "/good.png": ("200 OK", png())}
    async with cdn(paths) as (base, asked):
        path = sheet(mug(base, "/gone.png", "/html", "/good.png"))
        await transfer.flows.import_file(live_shop, path, STAFF)
        for turn in range(MOST_TRIES + 2):
            await later(live_shop, turn * 7 * 3600.0)
            await fetch(live_shop, storage)
        given_up = await counts(live_shop)
        async with live_shop.transaction(STAFF) as tx:
            missing = await transfer.missing_pictures(tx)
        paths["/gone.png"] = ("200 OK", png(colour=(1, 2, 3)))
        assert await fetch(live_shop, storage) == 0
        again = await transfer.flows.import_file(live_shop, path, STAFF)
        came = await fetch(live_shop, storage)

    assert asked.count("/good.png") == 1
    assert asked.count("/gone.png") == MOST_TRIES + 1
    assert given_up == transfer.PictureCounts(1, 0, 2)
    assert [(one.is_given_up, one.tries, one.products) for one in missing] == [(True, MOST_TRIES, ("mug",))] * 2
    assert "404" in missing[0].last_error
    assert "not a picture" in missing[1].last_error
    assert again.is_idle
    assert came == 1
    assert await alts(live_shop, "mug") == ["/gone.png", "/good.png"]


async def test_the_wait_grows_with_each_try_and_a_dead_workers_picture_is_taken_up_again(
    live_shop: Database, sheet: Callable[..., Path]
) -> None:
    await transfer.flows.import_file(live_shop, sheet(mug("https://cdn.example", "/a.png")), STAFF)

    async def claimed() -> int:
        async with live_shop.transaction(STAFF) as tx:
            return len(await claim(tx, 10))

    first, second = await asyncio.gather(claimed(), claimed())
    await later(live_shop, 301)

    assert first + second == 1
    assert await claimed() == 1


async def test_an_address_in_the_house_is_given_up_at_once(
    live_shop: Database, storage: catalog.DiskStorage, sheet: Callable[..., Path]
) -> None:
    path = sheet(mug("http://169.254.169.254", "/latest/meta-data/"))
    report = await transfer.flows.import_file(live_shop, path, STAFF)

    await fetch(live_shop, storage)

    assert not report.refused
    assert await counts(live_shop) == transfer.PictureCounts(0, 0, 1)


async def test_the_shops_own_pictures_are_not_fetched_and_stay_where_they_are(
    live_shop: Database, storage: catalog.DiskStorage, tmp_path: Path
) -> None:
    media = await catalog.store_picture(live_shop, storage, STAFF, png())
    async with live_shop.transaction(STAFF) as tx:
        home = await catalog.create_category(tx, name="Home")
        product = await catalog.create_product(tx, catalog.ProductDraft(sku="MUG", name="Mug", category_id=home))
        await catalog.add_image(tx, product, media, alt="A mug")
    out = tmp_path / "out.csv"
    await transfer.flows.export_file(live_shop, out, STAFF, base_url="https://shop.example")

    report = await transfer.flows.import_file(live_shop, out, STAFF, base_url="https://shop.example")

    assert report.is_idle
    assert await counts(live_shop) == transfer.PictureCounts(0, 0, 0)
    assert "https://shop.example/media/" in out.read_text()
