"""How fast the search answers: a generated catalogue, and queries of rare, medium and common words.

    python bench/search_speed.py [--products 20000] [--rounds 40]

The rows of the catalogue are written by bulk SQL, the documents by `search.rebuild`; then `search.listing` (first page
with its facets) and `search.suggest` are asked over one connection, as a page asks them. Times are those of the whole
call: understanding, counting, facets, ranking, cards.
"""

import argparse
import asyncio
import math
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from bench.scratch import BENCH, analyse, open_shop, scratch_database
from domains import catalog, search
from domains.kit import Database, Transaction

_CATEGORIES = 40
_AT_ONCE = 5000
_FILL = """
WITH words AS (
    SELECT ARRAY['classic','modern','rustic','slim','grand','folding','woven','matte','bright','quiet'] AS manner,
           ARRAY['walnut','oak','linen','steel','cotton','leather','ceramic','glass','bamboo','wool','brass','felt']
               AS material,
           ARRAY['lamp','chair','table','bowl','mug','rug','shelf','clock','basket','cushion','vase','mirror','stool',
                 'tray','blanket','kettle','desk','bench','hook','frame'] AS thing,
           ARRAY['hall','kitchen','garden','office','bedroom','study','terrace','bath','studio','porch'] AS place,
           ARRAY['Aster','Briar','Cedar','Dune','Ember','Fjord','Grove','Harbor','Iris','Juniper','Kelp','Larch']
               AS brand
), drawn AS MATERIALIZED (
    SELECT n, gen_random_uuid() AS id, manner[1 + n * 7 % 10] AS manner, material[1 + n * 5 % 12] AS material,
           thing[1 + n * 11 % 20] AS thing, place[1 + n / 3 % 10] AS place, brand[1 + n / 7 % 12] AS brand,
           -- four in ten are of everyday use, one in a hundred is signed, and every name has words of its own
           CASE WHEN n % 10 < 4 THEN 'everyday ' ELSE '' END || CASE WHEN n % 100 = 0 THEN 'signed ' ELSE '' END
               AS kind,
           'model' || (n / 5) AS model
    FROM words, generate_series(CAST(:first AS int), CAST(:last AS int)) AS n
), products AS (
    INSERT INTO catalog.products (id, sku, name, slug, brand, description, category_id, attributes, published_at)
    SELECT id, 'GEN-' || n, initcap(concat_ws(' ', manner, material, thing)) || ' ' || model, 'gen-' || n, brand,
           kind || concat_ws(' ', 'A', manner, thing, 'of', material, 'for the', place, ', made to last and easy to',
                             'clean, by', brand, '. Goes with every', place, thing, 'and has two years of warranty.'),
           (CAST(:categories AS uuid[]))[1 + n % CAST(:category_count AS int)],
           jsonb_build_object('material', material, 'room', place, 'width', 10 + n % 90),
           kit.now() - n * interval '1 minute'
    FROM drawn
), variants AS (
    INSERT INTO catalog.variants (id, product_id, sku, is_default) SELECT id, id, 'GEN-' || n, true FROM drawn
)
INSERT INTO pricing.prices (id, variant_id, currency, amount, valid_from)
SELECT gen_random_uuid(), id, 'USD', 500 + n * 37 % 20000, kit.now() FROM drawn
"""

QUERIES = {
    "rare (5 products)": ("model7", "model1234", "model2718"),
    "medium (1 %)": ("signed",),
    "common (5 to 10 %)": ("lamp", "walnut", "kettle"),
    "very common (40 %)": ("everyday",),
    "two words": ("walnut lamp", "everyday linen", "classic walnut"),
    "four words": ("modern oak table kitchen", "bright wool blanket bedroom"),
    "a slip": ("walnt lamp", "blankett"),
    "nothing like it": ("xyzzyqwert",),
}
BEGINNINGS = ("l", "la", "lam", "lamp", "walnut l", "walnt la", "modern oak t", "GEN-77")


class Times(msgspec.Struct, frozen=True):
    """How long one kind of question took, in seconds."""

    name: str
    seconds: Sequence[float]

    @property
    def p95(self) -> float:
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]


async def fill(db: Database, products: int) -> tuple[float, float]:
    """Write the catalogue and its documents; returns how long each took."""
    started = time.perf_counter()
    async with db.transaction(BENCH) as tx:
        await open_shop(tx)
        for code, name, kind in (
            ("material", "Material", "text"),
            ("room", "Room", "text"),
            ("width", "Width", "number"),
        ):
            await catalog.define_attribute(tx, code=code, name=name, kind=kind)
        categories = [await catalog.create_category(tx, name=f"Shelf {number}") for number in range(_CATEGORIES)]
        for first in range(1, products + 1, _AT_ONCE):
            numbers = {"first": first, "last": min(first + _AT_ONCE - 1, products)}
            await tx.sql(_FILL, {**numbers, "categories": categories, "category_count": _CATEGORIES})
    await analyse(db)
    written = time.perf_counter()
    async with db.transaction(BENCH) as tx:
        await search.rebuild(tx)
    indexed = time.perf_counter()
    await analyse(db)
    return written - started, indexed - written


async def timed(db: Database, name: str, ask: Callable[[Transaction, str], Awaitable[object]], texts: Sequence[str],
                rounds: int) -> Times:  # fmt: skip
    """Ask each text `rounds` times, after one time that is not counted."""
    seconds: list[float] = []
    for text in texts:
        for number in range(rounds + 1):
            started = time.perf_counter()
            async with db.transaction(BENCH) as tx:
                await ask(tx, text)
            if number:
                seconds.append(time.perf_counter() - started)
    return Times(name, seconds)


async def _search(tx: Transaction, text: str) -> object:
    return await search.listing(tx, q=text, currency="USD")


async def _suggest(tx: Transaction, text: str) -> object:
    return await search.suggest(tx, text, currency="USD")


async def measure(products: int, rounds: int) -> None:
    """Print how long everything takes."""
    async with scratch_database() as db:
        written, indexed = await fill(db, products)
        print(f"{products:,} products: written in {written:.0f} s, indexed in {indexed:.0f} s")
        print(f"{'':24}{'p50 ms':>8}{'p95 ms':>8}")
        for name, texts in QUERIES.items():
            _show(await timed(db, name, _search, texts, rounds))
        for text in BEGINNINGS:
            _show(await timed(db, f"suggest {text!r}", _suggest, (text,), rounds))


def _show(times: Times) -> None:
    print(f"{times.name:24}{1000 * statistics.median(times.seconds):8.1f}{1000 * times.p95:8.1f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast the shop's search answers.")
    parser.add_argument("--products", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40)
    parsed = parser.parse_args()
    asyncio.run(measure(parsed.products, parsed.rounds))


if __name__ == "__main__":
    main()
