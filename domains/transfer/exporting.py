"""Writing the shop's products as Shopify's CSV, in the new dialect: what is read again changes nothing."""

import csv
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, TextIO
from uuid import UUID

import msgspec

from domains import catalog, inventory, pricing, store
from domains.catalog import ProductRecord, VariantRecord
from domains.kit import Transaction
from domains.transfer.columns import FIELDS, AttributeColumn
from domains.transfer.operations.matching import values_of
from domains.transfer.reading import guarded
from domains.transfer.shelves import NOT_TAXED, STANDARD, Path, category_paths, written

_BATCH = 500

type Row = list[str]


class _Terms(msgspec.Struct, frozen=True):
    """What variants cost and how many there are; `waiting` are addresses of pictures that are not here yet."""

    currency: str
    prices: Mapping[UUID, pricing.Price]
    costs: Mapping[UUID, Any]
    on_hand: Mapping[UUID, int]
    backorders: set[UUID]
    waiting: Mapping[UUID, Sequence[tuple[int, str, str]]]


async def write(tx: Transaction, file: TextIO, base_url: str) -> int:
    """Write every product of the shop to an open file; returns how many rows below the headings."""
    writer = csv.writer(file)
    written = -1
    async for row in rows(tx, base_url):
        writer.writerow(row)
        written += 1
    return written


async def rows(tx: Transaction, base_url: str) -> AsyncIterator[Row]:
    """The headings, then the rows of every product in the order of their addresses."""
    paths = category_paths(await catalog.tree(tx, include_inactive=True))
    attributes = [
        AttributeColumn(one.code, one.name, one.kind, one.unit)
        for one in (await catalog.attribute_definitions(tx)).values()
    ]
    writer = _Writer(f"{base_url}/media/", paths, attributes)
    yield writer.headings()
    after = ""
    while batch := await catalog.product_records_after(tx, after, _BATCH):
        terms = await _terms(tx, batch)
        for record in batch:
            for row in writer.rows(record, terms):
                yield row
        after = batch[-1].slug


async def _terms(tx: Transaction, records: Sequence[ProductRecord]) -> _Terms:
    currency = (await store.shop(tx)).currency
    ids = [variant.id for record in records for variant in record.variants]
    warehouses = {one.id for one in await inventory.warehouses(tx) if one.is_active}
    on_hand: dict[UUID, int] = {}
    for level in await inventory.levels(tx, ids):
        if level.warehouse_id in warehouses:
            on_hand[level.variant_id] = on_hand.get(level.variant_id, 0) + level.quantity_on_hand
    uses = await tx.sql(
        "SELECT coalesce(u.variant_id, u.product_id) AS owner, u.position, u.alt, w.url FROM transfer.picture_uses u"
        " JOIN transfer.pictures w ON w.id = u.picture_id WHERE u.product_id = ANY(CAST(:products AS uuid[]))"
        " ORDER BY u.position, u.id",
        {"products": [record.id for record in records]},
    )
    waiting: dict[UUID, list[tuple[int, str, str]]] = {}
    for use in uses:
        waiting.setdefault(use.owner, []).append((use.position, use.url, use.alt))
    return _Terms(
        currency,
        await pricing.prices(tx, ids, currency),
        await pricing.costs(tx, ids, currency),
        on_hand,
        await inventory.backorders_allowed(tx, ids),
        waiting,
    )


class _Writer:
    """Turns products into rows; the columns of options beyond Shopify's three are there for our own reader."""

    def __init__(self, media_base: str, paths: Mapping[UUID, Path], attributes: Sequence[AttributeColumn]) -> None:
        self._media_base = media_base
        self._paths = paths
        self._attributes = attributes

    def headings(self) -> Row:
        return [*(new for new, _old in FIELDS.values()), *(guarded(column.heading) for column in self._attributes)]

    def rows(self, record: ProductRecord, terms: _Terms) -> list[Row]:
        """A product: its first row says what it is, each row has a variant and a picture as far as there are any."""
        pictures = self._pictures(record, terms)
        made = []
        for place in range(max(len(record.variants), len(pictures), 1)):
            cells = {"handle": record.slug}
            if place == 0:
                cells |= self._product(record)
            if place < len(record.variants):
                cells |= self._variant(record, record.variants[place], terms, is_first=place == 0)
            if place < len(pictures):
                cells |= {
                    "image": pictures[place][0],
                    "image_position": str(place + 1),
                    "image_alt": pictures[place][1],
                }
            row = [guarded(cells.get(field, "")) for field in FIELDS]
            values = record.attributes if place == 0 else {}
            row += [guarded(written(values[one.code])) if one.code in values else "" for one in self._attributes]
            made.append(row)
        return made

    def _product(self, record: ProductRecord) -> dict[str, str]:
        others = [" > ".join(self._paths[category]) for category in record.other_categories]
        return {
            "title": record.name,
            "description": catalog.write_description(record.description, record.description_html),
            "vendor": record.brand or "",
            "category": " > ".join(self._paths[record.category_id]),
            "type": record.product_type or "",
            "tags": ", ".join(record.tags),
            "published": _yes(record.is_active),
            "status": "active" if record.is_active else "draft",
            "gift_card": "FALSE",
            "seo_title": record.seo_title or "",
            "seo_description": record.seo_description or "",
            "product_sku": record.sku,
            "categories": _json(sorted(others)) if others else "",
            "options": _told(record),
            **{f"option{number}_name": name for number, name in enumerate(_names(record) or ["Title"], 1)},
        }

    def _variant(
        self, record: ProductRecord, variant: VariantRecord, terms: _Terms, *, is_first: bool
    ) -> dict[str, str]:
        price, cost = terms.prices.get(variant.id), terms.costs.get(variant.id)
        compare_at = price.compare_at if price is not None else None
        weight = variant.weight_grams if variant.weight_grams is not None else record.weight_grams
        on_hand = terms.on_hand.get(variant.id)
        values = values_of(variant, _names(record)) if record.options else ("Default Title",)
        if variant.picture_key is not None:
            picture = self._media_base + variant.picture_key
        else:
            picture = next((url for _position, url, _alt in terms.waiting.get(variant.id, ())), "")
        return {
            "sku": variant.sku,
            "barcode": variant.barcode or "",
            **{f"option{number}_value": value for number, value in enumerate(values, 1)},
            "price": f"{price.amount.decimal:f}" if price is not None else "",
            "compare_at": f"{compare_at.decimal:f}"
            if price is not None and compare_at is not None and price.amount < compare_at
            else "",
            "cost": f"{cost.decimal:f}" if cost is not None else "",
            "taxable": _yes(record.tax_class != NOT_TAXED),
            "tax_code": record.tax_class if record.tax_class not in {STANDARD, NOT_TAXED} else "",
            "tracker": "shopify",
            "quantity": str(on_hand) if on_hand is not None else "",
            "policy": "continue" if variant.id in terms.backorders else "deny",
            "grams": str(weight) if weight is not None else "",
            "requires_shipping": "TRUE",
            "variant_image": picture,
            "hidden": _yes(not variant.is_active),
            "default": "TRUE" if variant.is_default and not is_first else "",
        }

    def _pictures(self, record: ProductRecord, terms: _Terms) -> list[tuple[str, str]]:
        places = [(image.position, 0, self._media_base + image.key, image.alt) for image in record.images]
        places += [(position, 1, url, alt) for position, url, alt in terms.waiting.get(record.id, ())]
        return [(url, alt) for _position, _kind, url, alt in sorted(places, key=lambda place: place[:2])]


def _names(record: ProductRecord) -> list[str]:
    return [option.name for option in record.options]


def _told(record: ProductRecord) -> str:
    """The options in so many words, where variants alone do not tell: colours, another order, values without any."""
    names = _names(record)
    derived: dict[str, dict[str, None]] = {name: {} for name in names}
    for variant in record.variants:
        for name, value in zip(names, values_of(variant, names), strict=True):
            derived[name][value] = None
    present = {option.name: {value.value: value.swatch for value in option.values} for option in record.options}
    if all(list(present[name].items()) == list(derived[name].items()) for name in names):
        return ""
    return _json(present)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _yes(claim: bool) -> str:
    return "TRUE" if claim else "FALSE"
