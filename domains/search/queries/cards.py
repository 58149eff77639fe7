"""Cards: what the document keeps, with price and stock asked for fresh."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from domains import catalog, inventory, pricing
from domains.kit import Money, Transaction
from domains.search.queries.views import Card, CardBody, Rating

# From the best to the worst, as a product is as available as its best variant.
STATES = ("in_stock", "low", "backorder", "out")


async def cards(tx: Transaction, rows: Sequence[Any], currency: str) -> list[Card]:
    """The rows (product_id, variant_ids, card, rating_count, rating_average, sku) as cards.

    A product that has no price in `currency` is left out.
    """
    variant_ids: list[UUID] = [variant for row in rows for variant in row.variant_ids]
    prices = await pricing.prices(tx, variant_ids, currency)
    stock = await inventory.availability(tx, variant_ids)
    own = await _own_pictures(tx, [row.sku for row in rows if row.sku])
    shown: list[Card] = []
    for row in rows:
        priced = [prices[variant] for variant in row.variant_ids if variant in prices]
        if not priced:
            continue
        lowest = min(priced, key=lambda price: price.amount.amount)
        states = [stock[variant] for variant in row.variant_ids if variant in stock]
        best = min((state.state for state in states), key=STATES.index, default="out")
        body = msgspec.convert(row.card, CardBody)
        shown.append(
            Card(
                product_id=row.product_id,
                slug=body.slug,
                name=body.name,
                brand=body.brand,
                price_from=lowest.amount,
                compare_at=_former(lowest),
                many_prices=len({price.amount.amount for price in priced}) > 1,
                availability=best,
                available=sum(max(state.available, 0) for state in states),
                swatches=body.swatches,
                choices=body.choices,
                image=own.get(row.sku, body.image),
                second_image=body.image if row.sku in own else body.second_image,
                rating=Rating(row.rating_average, row.rating_count) if row.rating_count else None,
                sku=row.sku,
            )
        )
    return shown


async def _own_pictures(tx: Transaction, skus: Sequence[str]) -> dict[str, catalog.Picture]:
    """The pictures of variants that have one of their own."""
    if not skus:
        return {}
    rows = await tx.sql(
        "SELECT v.sku, v.picture_id FROM catalog.variants v WHERE v.sku = ANY(:skus) AND v.picture_id IS NOT NULL",
        {"skus": list(skus)},
    )
    of_variants = {row.sku: row.picture_id for row in rows}
    pictures = await catalog.pictures_of(tx, list(of_variants.values()))
    return {sku: pictures[media_id] for sku, media_id in of_variants.items() if media_id in pictures}


def _former(price: pricing.Price) -> Money | None:
    """The former price, where the present one is lower."""
    former = price.compare_at
    return former if former is not None and former > price.amount else None
