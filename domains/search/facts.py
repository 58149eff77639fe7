"""What filters read of products: their tokens, and what each variant costs and is. Made together with the document."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from domains.inventory import Availability
from domains.kit import Transaction
from domains.pricing import Price
from domains.search.tokens import HIGHEST_RATING, LONGEST_VALUE, ON, number_of, option_code, token, value_of

_CHOSEN = """
SELECT vv.variant_id, o.name, ov.value, ov.swatch
FROM catalog.variant_values vv
JOIN catalog.options o ON o.id = vv.option_id
JOIN catalog.option_values ov ON ov.id = vv.value_id
WHERE vv.variant_id = ANY(:variants)
"""
_ATTRIBUTES = "SELECT code, name, kind, unit FROM catalog.attributes WHERE code = ANY(:codes)"
_RATINGS = """
SELECT product_id, count AS reviews, average FROM reviews.ratings WHERE product_id = ANY(:products) AND count > 0
"""
_WRITE_OFFERS = """
INSERT INTO search.offers AS o (product_id, variant_id, sku, price, tokens)
SELECT product_id, variant_id, sku, price, tokens
FROM jsonb_to_recordset(CAST(:offers AS jsonb))
     AS made (product_id uuid, variant_id uuid, sku text, price bigint, tokens text[])
ON CONFLICT (product_id, variant_id) DO UPDATE SET sku = excluded.sku, price = excluded.price, tokens = excluded.tokens
WHERE (o.sku, o.price, o.tokens) IS DISTINCT FROM (excluded.sku, excluded.price, excluded.tokens)
"""
_FORGET_OFFERS = "DELETE FROM search.offers WHERE product_id = ANY(:products) AND variant_id <> ALL(:variants)"
_WRITE_VALUES = """
INSERT INTO search.facet_values AS v (token, facet_name, label, swatch)
SELECT token, facet_name, label, swatch
FROM jsonb_to_recordset(CAST(:spelled AS jsonb)) AS made (token text, facet_name text, label text, swatch text)
ON CONFLICT (token) DO UPDATE SET facet_name = excluded.facet_name, label = excluded.label,
    swatch = coalesce(excluded.swatch, v.swatch)
WHERE (v.facet_name, v.label, v.swatch)
      IS DISTINCT FROM (excluded.facet_name, excluded.label, coalesce(excluded.swatch, v.swatch))
"""


class Offer(msgspec.Struct, frozen=True):
    """A variant that has a price, with the tokens that are true of it."""

    product_id: UUID
    variant_id: UUID
    sku: str
    price: int
    tokens: tuple[str, ...]


class Facts(msgspec.Struct, frozen=True):
    """What filters know of one product: its own tokens, its offers, and how it is rated."""

    own_tokens: tuple[str, ...]
    offers: tuple[Offer, ...]
    rating_count: int = 0
    rating_average: Decimal | None = None

    def columns(self) -> dict[str, Any]:
        """The document's columns."""
        of_offers = {one for offer in self.offers for one in offer.tokens}
        return {
            "tokens": sorted({*self.own_tokens, *of_offers}),
            "price_to": max((offer.price for offer in self.offers), default=None),
            "rating_count": self.rating_count,
            "rating_average": self.rating_average,
        }


class Spelling(msgspec.Struct, frozen=True):
    """How a token is written for people."""

    token: str
    facet_name: str
    label: str
    swatch: str | None = None


class Gathered(msgspec.Struct, frozen=True):
    """The facts of some products by their ids, and how their tokens are spelled."""

    facts: Mapping[UUID, Facts]
    spellings: Sequence[Spelling]


async def gather(
    tx: Transaction,
    products: Sequence[Any],
    variants: Mapping[UUID, Sequence[Any]],
    slugs: Mapping[UUID, Collection[str]],
    prices: Mapping[UUID, Price],
    stock: Mapping[UUID, Availability],
) -> Gathered:
    """The facts of `products` (rows with id, brand and attributes).

    `variants` are the active ones (rows with id and sku) and `slugs` the categories of each product.
    """
    shown = [variant.id for product in products for variant in variants[product.id]]
    chosen: dict[UUID, list[Any]] = {}
    for row in await tx.sql(_CHOSEN, {"variants": shown}):
        chosen.setdefault(row.variant_id, []).append(row)
    codes = {code for product in products for code in product.attributes}
    attributes = {row.code: row for row in await tx.sql(_ATTRIBUTES, {"codes": sorted(codes)})}
    rated = {row.product_id: row for row in await tx.sql(_RATINGS, {"products": [product.id for product in products]})}
    spelled: dict[str, Spelling] = {}
    facts: dict[UUID, Facts] = {}
    for product in products:
        own = [*_brand(product.brand), *_attributes(product.attributes, attributes)]
        offers = []
        for variant in variants[product.id]:
            if variant.id not in prices:
                continue
            values = _options(chosen.get(variant.id, ()))
            spelled.update((value.token, value) for value in values)
            offers.append(
                Offer(
                    product_id=product.id,
                    variant_id=variant.id,
                    sku=variant.sku,
                    price=prices[variant.id].amount.amount,
                    tokens=(
                        *sorted({value.token for value in values}),
                        *_flags(prices[variant.id], stock.get(variant.id)),
                    ),
                )
            )
        spelled.update((value.token, value) for value in own)
        rating = rated.get(product.id)
        facts[product.id] = Facts(
            own_tokens=(
                *(value.token for value in own),
                *(token("category", slug) for slug in slugs[product.id]),
                *(_rating(rating.average) if rating is not None else ()),
            ),
            offers=tuple(offers),
            rating_count=rating.reviews if rating is not None else 0,
            rating_average=rating.average if rating is not None else None,
        )
    return Gathered(facts=facts, spellings=[spelled[name] for name in sorted(spelled)])


async def write(tx: Transaction, gathered: Gathered) -> None:
    """Keep the offers of these products, whose documents are written, and how their tokens are spelled."""
    offers = [offer for facts in gathered.facts.values() for offer in facts.offers]
    await tx.sql(
        _FORGET_OFFERS,
        {"products": list(gathered.facts), "variants": [offer.variant_id for offer in offers]},
    )
    await tx.sql(_WRITE_OFFERS, {"offers": msgspec.json.encode(offers).decode()})
    await tx.sql(_WRITE_VALUES, {"spelled": msgspec.json.encode(gathered.spellings).decode()})


def _brand(brand: str | None) -> list[Spelling]:
    value = value_of(brand or "")
    return [Spelling(token("brand", value), "", brand or "")] if value else []


def _attributes(values: Mapping[str, Any], known: Mapping[str, Any]) -> list[Spelling]:
    """The tokens of a product's attributes; what is too long to be chosen from a list is none."""
    found = []
    for code, value in values.items():
        attribute = known.get(code)
        if attribute is None:
            continue
        if isinstance(value, bool):
            written, label = ("yes" if value else "no"), ""
        elif isinstance(value, int | float):
            written = label = number_of(value)
        else:
            written, label = value_of(str(value)), " ".join(str(value).split())
            if len(label) > LONGEST_VALUE:
                continue
        if written:
            found.append(Spelling(token(f"a.{code}", written), "", label))
    return found


def _options(rows: Sequence[Any]) -> list[Spelling]:
    found = []
    for row in rows:
        code, value = option_code(row.name), value_of(row.value)
        if code and value:
            found.append(Spelling(token(code, value), row.name, row.value, row.swatch))
    return found


def _flags(price: Price, stock: Availability | None) -> list[str]:
    flags = []
    if stock is not None and stock.available > 0:
        flags.append(token("in_stock", ON))
    if price.compare_at is not None and price.compare_at > price.amount:
        flags.append(token("reduced", ON))
    return flags


def _rating(average: Decimal) -> list[str]:
    """Rated 4.3 is found by "4 and up", "3 and up" and so on."""
    return [token("rating", str(stars)) for stars in range(1, HIGHEST_RATING + 1) if average >= stars]
