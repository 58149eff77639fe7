"""Files to import, and what a shop has afterwards."""

import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from domains import catalog, inventory, pricing
from domains.kit import Actor, Database, Transaction
from domains.transfer import exporting
from domains.transfer.columns import FIELDS
from domains.transfer.shelves import category_paths

STAFF = Actor.system("import")


def write_csv(path: Path, rows: list[dict[str, str]], *, encoding: str = "utf-8", end: str = "\r\n") -> Path:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings, restval="", lineterminator=end)
        writer.writeheader()
        writer.writerows(rows)
    return path


def spelled(dialect: int, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows by our names of the fields with the headings of a dialect: 0 the new one, 1 the old one."""
    return [{FIELDS.get(field, (field, field))[dialect]: text for field, text in row.items()} for row in rows]


async def goods(db: Database) -> dict[str, Any]:
    """Everything a shop sells, without the ids that each shop gives."""
    async with db.transaction(STAFF) as tx:
        return await goods_of(tx)


async def goods_of(tx: Transaction) -> dict[str, Any]:
    paths = category_paths(await catalog.tree(tx, include_inactive=True))
    records = await catalog.product_records_after(tx, "", 1_000_000)
    ids = [variant.id for record in records for variant in record.variants]
    prices = await pricing.prices(tx, ids, "USD")
    costs = await pricing.costs(tx, ids, "USD")
    stock = await inventory.availability(tx, ids)
    waiting = await tx.sql(
        "SELECT u.product_id, u.variant_id, u.position, u.alt, w.url FROM transfer.picture_uses u"
        " JOIN transfer.pictures w ON w.id = u.picture_id ORDER BY u.position, w.url"
    )
    pictures: dict[Any, list[tuple[Any, ...]]] = {}
    for row in waiting:
        pictures.setdefault(row.variant_id or row.product_id, []).append((row.position, row.alt, row.url))

    def variant(one: catalog.VariantRecord, record: catalog.ProductRecord) -> dict[str, Any]:
        price = prices.get(one.id)
        return {
            "barcode": one.barcode,
            "weight": one.weight_grams if one.weight_grams is not None else record.weight_grams,
            "active": one.is_active,
            "default": one.is_default,
            "values": dict(one.values),
            "price": msgspec.to_builtins(price) if price is not None else None,
            "cost": costs[one.id].amount if one.id in costs else None,
            "stock": msgspec.to_builtins(stock[one.id]),
            "pictures": pictures.get(one.id),
        }

    return {
        record.slug: {
            "sku": record.sku,
            "name": record.name,
            "description": record.description,
            "html": record.description_html,
            "brand": record.brand,
            "type": record.product_type,
            "home": paths[record.category_id],
            "others": sorted(paths[category] for category in record.other_categories),
            "tax": record.tax_class,
            "attributes": dict(record.attributes),
            "tags": record.tags,
            "seo": (record.seo_title, record.seo_description),
            "active": record.is_active,
            "options": [(one.name, [(value.value, value.swatch) for value in one.values]) for one in record.options],
            "variants": {one.sku: variant(one, record) for one in record.variants},
            "order": [one.sku for one in record.variants],
            "alts": [image.alt for image in record.images],
            "pictures": pictures.get(record.id),
        }
        for record in records
    }


async def facts(db: Database) -> int:
    """How many facts there are: none is added where nothing changes."""
    async with db.transaction(STAFF) as tx:
        counted: int = (await tx.sql("SELECT count(*) FROM kit.events")).scalar_one()
    return counted


@asynccontextmanager
async def undone(db: Database) -> AsyncIterator[None]:
    """Whatever happens within the block has not happened after it; for the database of one connection."""
    assert isinstance(db.bind, AsyncConnection)
    savepoint = await db.bind.begin_nested()
    yield
    await savepoint.rollback()


async def export(db: Database, path: Path, base_url: str = "https://shop.example") -> Path:
    """The shop's products as a file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        async with db.transaction(STAFF) as tx:
            await exporting.write(tx, file, base_url)
    return path


def cells(path: Path) -> list[dict[str, str]]:
    """The rows of a file by their headings."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
