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
import math
import time
from collections.abc import Mapping, Sequence
from itertools import batched
from pathlib import Path
from uuid import UUID

from bench.judging import (
    RECALL_DEPTH,
    Answer,
    Judged,
    Product,
    Result,
    ndcg,
    read_judgments,
    read_products,
    recall,
    score,
)
from bench.scratch import BENCH, analyse, open_shop, scratch_database
from bench.search_comparison import PARTS, SLIPS, baselines, without
from domains import catalog, pricing, search
from domains.kit import Database, Transaction

UNPRICED = 1000  # minor units
_LONGEST_NAME, _LONGEST_BRAND, _LONGEST_TEXT = 255, 100, 500
_BATCH = 500


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
    db: Database,
    judged: Sequence[Judged],
    known: Mapping[UUID, str],
    *,
    depth: int = RECALL_DEPTH,
    literal: bool = False,
) -> list[Answer]:
    """Ask each query as the shop's search page does, as many pages of it as `depth` products are on."""
    answers = []
    for one in judged:
        started = time.perf_counter()
        async with db.transaction(BENCH) as tx:
            page = await search.listing(tx, q=one.query, currency="USD", literal=literal)
        seconds = time.perf_counter() - started
        found = [known[card.product_id] for card in page.cards]
        for number in range(2, min(page.pages, math.ceil(depth / search.PAGE_SIZE)) + 1):
            async with db.transaction(BENCH) as tx:
                page = await search.listing(tx, q=one.query, currency="USD", literal=literal, page=number)
            found += [known[card.product_id] for card in page.cards]
        answers.append(Answer(one, found, seconds))
    return answers


async def measure(products: Path, judgments: Path, *, depth: int = RECALL_DEPTH) -> list[Answer]:
    """Load the files into a scratch database and ask every query, down to `depth` products."""
    async with scratch_database() as db:
        known = await load(db, read_products(products))
        return await ask(db, read_judgments(judgments), known, depth=depth)


async def compare(products: Path, judgments: Path) -> None:
    """Print a table: this search, what it is measured against, and this search without each of its parts."""
    async with scratch_database() as db:
        goods, judged = read_products(products), read_judgments(judgments)
        known = await load(db, goods)
        print(f"{'':58}{'NDCG@10':>9}{'recall@100':>12}{'median ms':>11}{'p95 ms':>8}")
        for name, answers in (await baselines(db, goods, judged)).items():
            _row(name, score(answers))
        ours = score(await ask(db, judged, known))
        _row("this search", ours, timed=True)
        for part, changes in PARTS.items():
            async with without(db, changes):
                answers = await ask(db, judged, known, literal=part == SLIPS)
            _row(f"  without {part}", score(answers), timed=True)


def _row(name: str, result: Result, *, timed: bool = False) -> None:
    times = f"{1000 * result.median:11.1f}{1000 * result.p95:8.1f}" if timed else ""
    print(f"{name:58}{result.ndcg:9.4f}{result.recall:12.4f}{times}", flush=True)


def _print(answers: Sequence[Answer], *, queries: bool) -> None:
    if queries:
        for answer in sorted(answers, key=lambda one: ndcg(one.found, one.judged.labels)):
            print(
                f"{ndcg(answer.found, answer.judged.labels):.3f}  {recall(answer.found, answer.judged.labels):.2f}"
                f"  {1000 * answer.seconds:5.1f} ms  {answer.judged.query}"
            )
    result = score(answers)
    print(f"NDCG@10     {result.ndcg:.4f}  (mean of {len(answers)} queries)")
    print(f"recall@100  {result.recall:.4f}")
    print(f"a query     {1000 * result.median:.1f} ms median, {1000 * result.p95:.1f} ms p95")


def main() -> None:
    parser = argparse.ArgumentParser(description="NDCG@10 and recall@100 of the shop's search.")
    parser.add_argument("--products", type=Path, required=True)
    parser.add_argument("--judgments", type=Path, required=True)
    parser.add_argument("--queries", action="store_true", help="print every query's figures, the worst first")
    parser.add_argument("--compare", action="store_true", help="print the table of docs/search.md (some minutes)")
    parsed = parser.parse_args()
    if parsed.compare:
        asyncio.run(compare(parsed.products, parsed.judgments))
    else:
        _print(asyncio.run(measure(parsed.products, parsed.judgments)), queries=parsed.queries)


if __name__ == "__main__":
    main()
