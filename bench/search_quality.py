"""How well the search ranks: real products, real queries, judged by people.

    python bench/search_quality.py --products FILE --judgments FILE [--compare] [--queries]

Products (.jsonl or .jsonl.gz, one object a line: asin, title, description, bullet_points, brand, color, category,
price) go into a scratch database through the catalogue's and pricing's own operations, and into the index by
`search.rebuild`. Each query is then asked by `search.listing`, page by page, as a shopper would. A product without a
price gets one of 10.00, because what has no price is not shown.

Judgments: {"query": text, "labels": {asin: "E" | "S" | "C" | "I"}}. NDCG@10 has the gains E 1, S 0.1, C 0.01, I 0,
the ideal order over the judged products, and 0 for what was not judged; recall@100 is the share of E among the first
100. Both are means over the queries.
"""

import argparse
import asyncio
import gzip
import math
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import batched
from pathlib import Path
from uuid import UUID

import msgspec

from bench.scratch import BENCH, analyse, open_shop, scratch_database
from domains import catalog, pricing, search
from domains.kit import Database, Transaction

GAINS = {"E": 1.0, "S": 0.1, "C": 0.01, "I": 0.0}
DEPTH = 10
RECALL_DEPTH = 100
UNPRICED = 1000  # minor units
_LONGEST_NAME, _LONGEST_BRAND, _LONGEST_TEXT = 255, 100, 500
_BATCH = 500


class Product(msgspec.Struct, frozen=True):
    """A product of the file."""

    asin: str
    title: str
    description: str | None = ""
    bullet_points: str | None = ""
    brand: str | None = ""
    color: str | None = ""
    category: tuple[str, ...] = ()
    price: float | None = None

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.bullet_points, self.description) if part)


class Judged(msgspec.Struct, frozen=True):
    """A query, and what people said of products for it."""

    query: str
    labels: Mapping[str, str]


class Answer(msgspec.Struct, frozen=True):
    """What a search gave: ids in order, and how long the first page took."""

    judged: Judged
    found: Sequence[str]
    seconds: float = 0.0


class Result(msgspec.Struct, frozen=True):
    """The means over the queries, and how long they took."""

    ndcg: float
    recall: float
    median: float
    p95: float


def ndcg(found: Sequence[str], labels: Mapping[str, str]) -> float:
    """How near the first ten are to the best possible ten: 1 is perfect."""
    ideal = sorted((GAINS[label] for label in labels.values()), reverse=True)
    best = _discounted(ideal)
    return _discounted([GAINS[labels[one]] if one in labels else 0.0 for one in found]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains[:DEPTH]))


def recall(found: Sequence[str], labels: Mapping[str, str]) -> float:
    """The share of the exact matches that is among the first hundred."""
    exact = {one for one, label in labels.items() if label == "E"}
    return len(exact & set(found[:RECALL_DEPTH])) / len(exact) if exact else 0.0


def score(answers: Sequence[Answer]) -> Result:
    """The means over the answers."""
    seconds = sorted(answer.seconds for answer in answers)
    return Result(
        ndcg=statistics.mean(ndcg(answer.found, answer.judged.labels) for answer in answers),
        recall=statistics.mean(recall(answer.found, answer.judged.labels) for answer in answers),
        median=statistics.median(seconds),
        p95=seconds[math.ceil(0.95 * len(seconds)) - 1],
    )


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a file, packed or not."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        yield from file


def read_products(path: Path) -> list[Product]:
    return [msgspec.json.decode(line, type=Product) for line in lines_of(path)]


def read_judgments(path: Path) -> list[Judged]:
    return [msgspec.json.decode(line, type=Judged) for line in lines_of(path)]


async def load(db: Database, products: Sequence[Product]) -> dict[UUID, str]:
    """Put the products into the catalogue, with prices, and make their documents. Returns which id is which product."""
    known: dict[UUID, str] = {}
    async with db.transaction(BENCH) as tx:
        await open_shop(tx)
        homes = await _categories(tx, products)
        for batch in batched(products, _BATCH):
            made = await catalog.create_products(tx, [_draft(product, homes[product.category]) for product in batch])
            await pricing.set_prices(
                tx,
                [
                    pricing.NewPrice(one.variant_ids[0], UNPRICED if not product.price else round(100 * product.price))
                    for one, product in zip(made, batch, strict=True)
                ],
            )
            known |= {one.product_id: product.asin for one, product in zip(made, batch, strict=True)}
    await analyse(db)
    async with db.transaction(BENCH) as tx:
        await search.rebuild(tx)
    await analyse(db)
    return known


async def _categories(tx: Transaction, products: Sequence[Product]) -> dict[tuple[str, ...], UUID]:
    await catalog.define_attribute(tx, code="colour", name="Colour", kind="text")
    made: dict[tuple[str, ...], UUID] = {}
    for path in sorted({product.category for product in products}):
        for depth in range(1, len(path) + 1):
            if path[:depth] not in made:
                made[path[:depth]] = await _category(tx, path[depth - 1], made.get(path[: depth - 1]), len(made))
        if not path:
            made[path] = await _category(tx, "Miscellaneous", None, len(made))
    return made


async def _category(tx: Transaction, name: str, parent_id: UUID | None, number: int) -> UUID:
    category_id = await catalog.create_category(
        tx, name=name[:_LONGEST_BRAND], parent_id=parent_id, slug=f"category-{number}"
    )
    if parent_id is None:
        await catalog.set_category_attributes(tx, category_id, [catalog.AttributeUse("colour")])
    return category_id


def _draft(product: Product, home: UUID) -> catalog.ProductDraft:
    return catalog.ProductDraft(
        sku=product.asin,
        slug=product.asin.lower(),
        name=product.title[:_LONGEST_NAME],
        description=product.text,
        brand=(product.brand or "").strip()[:_LONGEST_BRAND] or None,
        category_id=home,
        attributes={"colour": product.color[:_LONGEST_TEXT]} if product.color else {},
    )


async def ask(
    db: Database, judged: Sequence[Judged], known: Mapping[UUID, str], *, depth: int = RECALL_DEPTH
) -> list[Answer]:
    """Ask each query as the shop's search page does, as many pages of it as `depth` products are on."""
    answers = []
    for one in judged:
        started = time.perf_counter()
        async with db.transaction(BENCH) as tx:
            page = await search.listing(tx, q=one.query, currency="USD")
        seconds = time.perf_counter() - started
        found = [known[card.product_id] for card in page.cards]
        for number in range(2, min(page.pages, math.ceil(depth / search.PAGE_SIZE)) + 1):
            async with db.transaction(BENCH) as tx:
                page = await search.listing(tx, q=one.query, currency="USD", page=number)
            found += [known[card.product_id] for card in page.cards]
        answers.append(Answer(one, found, seconds))
    return answers


async def measure(products: Path, judgments: Path, *, depth: int = RECALL_DEPTH) -> list[Answer]:
    """Load the files into a scratch database and ask every query, down to `depth` products."""
    async with scratch_database() as db:
        known = await load(db, read_products(products))
        return await ask(db, read_judgments(judgments), known, depth=depth)


def main() -> None:
    parser = argparse.ArgumentParser(description="NDCG@10 and recall@100 of the shop's search.")
    parser.add_argument("--products", type=Path, required=True)
    parser.add_argument("--judgments", type=Path, required=True)
    parser.add_argument("--queries", action="store_true", help="print every query's figures, the worst first")
    parsed = parser.parse_args()
    answers = asyncio.run(measure(parsed.products, parsed.judgments))
    if parsed.queries:
        for answer in sorted(answers, key=lambda one: ndcg(one.found, one.judged.labels)):
            print(
                f"{ndcg(answer.found, answer.judged.labels):.3f}  {recall(answer.found, answer.judged.labels):.2f}"
                f"  {1000 * answer.seconds:5.1f} ms  {answer.judged.query}"
            )
    result = score(answers)
    print(f"NDCG@10     {result.ndcg:.4f}  (mean of {len(answers)} queries)")
    print(f"recall@100  {result.recall:.4f}")
    print(f"a query     {1000 * result.median:.1f} ms median, {1000 * result.p95:.1f} ms p95")


if __name__ == "__main__":
    main()
