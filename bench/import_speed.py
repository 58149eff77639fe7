"""How fast a catalogue moves in and out, and how much memory that takes.

    python bench/import_speed.py [--products 10000]

Writes a CSV file in Shopify's new dialect with three variants and two pictures for each product, imports it into a
scratch database as `shop import-products` does (a dry run, for real, and once more), lets search follow as the worker
does, and exports it. Prints the seconds of each step on the clock and of this process's own work, and the most memory
that this process had up to then.
"""

import argparse
import asyncio
import csv
import resource
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from bench.scratch import BENCH, analyse, open_shop, scratch_database
from domains import search, transfer
from domains.kit import Database
from domains.kit.deliveries import drain, subscribe

BASE = "http://bench.example"
HEADINGS = (
    *("Title", "URL handle", "Description", "Vendor", "Product category", "Type", "Tags", "Published on online store"),
    *("Status", "SKU", "Barcode", "Option1 name", "Option1 value", "Price", "Compare-at price", "Cost per item"),
    *("Charge tax", "Inventory tracker", "Inventory quantity", "Continue selling when out of stock"),
    *("Weight value (grams)", "Requires shipping", "Product image URL", "Image position", "Image alt text"),
    *("SEO title", "SEO description"),
)
SIZES = ("S", "M", "L")
PICTURES = 2
KINDS = ("Shirts", "Trousers", "Coats", "Shoes", "Hats")
_WORDS = ("linen", "wool", "cotton", "woven", "washed", "soft", "warm", "light", "strong", "plain", "ribbed", "dyed")


def write_catalogue(path: Path, count: int) -> int:
    """A file of `count` products; returns its rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(count):
            writer.writerows(_rows(number))
    return count * len(SIZES)


def _rows(number: int) -> list[list[str]]:
    words = [_WORDS[number * step % len(_WORDS)] for step in (3, 5, 7, 11)]
    name, handle, kind = f"{words[0].title()} {words[1]} thing {number}", f"thing-{number}", KINDS[number % len(KINDS)]
    body = f"<p>{name}.</p><ul><li>{words[2]}</li><li>{words[3]}</li></ul><p>{' '.join(_WORDS * 5)}</p>"
    rows = []
    for place, size in enumerate(SIZES):
        first = place == 0
        product = [name, handle, body, f"Maker {number % 50}", f"Clothing > {kind}", kind, words[0], "TRUE", "active"]
        variant = [f"T{number}-{size}", f"40{number:010}", "Size" if first else "", size]
        terms = [f"{20 + number % 80}.50", f"{130 + number % 80}.00", "9.20", "TRUE", "shopify", str(number % 30)]
        picture = [f"https://cdn.example/{number}-{place}.jpg", str(place + 1), f"{name}, {size}"]
        rows.append(
            [
                *(product if first else ["", handle, *[""] * 7]),
                *(*variant, *terms, "deny", "350", "TRUE"),
                *(picture if place < PICTURES else [""] * 3),
                *([f"{name} | Shop", f"Buy {name}"] if first else ["", ""]),
            ]
        )
    return rows


async def measure(db: Database, folder: Path, count: int) -> None:
    """Move a catalogue in and out, and print what it took."""
    async with db.transaction(BENCH) as tx:
        await open_shop(tx)
        await subscribe(tx, search.SUBSCRIBERS)
    path = folder / "products.csv"
    print(f"{count:,} products in {write_catalogue(path, count):,} rows")
    print(f"{'':<28}{'clock':>10}{'own work':>10}{'memory':>12}")
    print(f"{'at the start':<28}{'':>20}{_memory():>9} MB")

    async def import_it(*, dry_run: bool = False) -> transfer.Report:
        report = await transfer.flows.import_file(db, path, BENCH, dry_run=dry_run, base_url=BASE)
        assert not report.refused
        return report

    await _step("dry run", import_it(dry_run=True))
    report = await _step("import", import_it())
    assert report.count(transfer.Outcome.CREATED) == count
    await _step("search follows", drain(db, search.SUBSCRIBERS))
    await analyse(db)
    async with db.transaction(BENCH) as tx:
        assert (await search.listing(tx, currency="USD", q="thing")).total == count
    assert (await _step("import again", import_it())).is_idle
    await _step("export", transfer.flows.export_file(db, path, BENCH, base_url=BASE))
    assert (await _step("import the export", import_it())).is_idle


async def _step[T](name: str, work: Coroutine[Any, Any, T]) -> T:
    clock, own = time.perf_counter(), time.process_time()
    done = await work
    took, worked = time.perf_counter() - clock, time.process_time() - own
    print(f"{name:<28}{took:>8.1f} s{worked:>8.1f} s{_memory():>9} MB", flush=True)
    return done


def _memory() -> int:
    """The most this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


async def _main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with scratch_database() as db:
            await measure(db, Path(folder), count)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--products", type=int, default=10_000)
    asyncio.run(_main(parser.parse_args().products))
