"""Writing what lies where as Shopify's inventory file, a few hundred variants in memory at a time."""

import csv
from typing import TextIO

from domains import catalog, inventory
from domains.catalog import ProductRecord
from domains.inventory import Incoming, StockLevel, WarehouseView
from domains.kit import Transaction
from domains.transfer.levels.columns import HEADINGS, NOT_STOCKED
from domains.transfer.operations.matching import values_of
from domains.transfer.reading import guarded

_AT_ONCE = 200


async def export_levels(tx: Transaction, file: TextIO) -> int:
    """Write every variant in every open warehouse, and in closed ones that keep it; returns how many rows.

    Digital goods lie nowhere and are left out.
    """
    writer = csv.writer(file)
    writer.writerow(HEADINGS)
    houses = await inventory.warehouses(tx)
    written, after = 0, ""
    while batch := await catalog.product_records_after(tx, after, _AT_ONCE):
        ids = [variant.id for record in batch for variant in record.variants]
        digital = await catalog.digital(tx, ids)
        levels = {(level.variant_id, level.warehouse_id): level for level in await inventory.levels(tx, ids)}
        coming = await inventory.incoming(tx, ids)
        for record in batch:
            names = [option.name for option in record.options]
            for variant in record.variants:
                if variant.id in digital:
                    continue
                head = [*_named(record, names, values_of(variant, names)), variant.sku, "", ""]
                for house in houses:
                    level = levels.get((variant.id, house.id))
                    if level is None and not house.is_active:
                        continue
                    moving = coming.get((variant.id, house.id), Incoming())
                    writer.writerow([guarded(cell) for cell in [*head, *_quantities(house, level, moving)]])
                    written += 1
        after = batch[-1].slug
    return written


def _named(record: ProductRecord, names: list[str], values: tuple[str, ...]) -> list[str]:
    options = list(zip(names, values, strict=True)) or [("Title", "Default Title")]
    options = (options + [("", "")] * 3)[:3]
    return [record.slug, record.name, *(cell for option in options for cell in option)]


def _quantities(house: WarehouseView, level: StockLevel | None, coming: Incoming) -> list[str]:
    if level is None:
        return [house.name, "", str(coming.all), *[NOT_STOCKED] * 5]
    in_house = level.quantity_on_hand + level.quantity_allocated
    return [
        house.name,
        level.warehouse_location or "",
        str(coming.all),
        "0",
        str(level.quantity_reserved + level.quantity_allocated),
        str(level.available),
        str(in_house),
        str(in_house),
    ]
