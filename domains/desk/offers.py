"""What staff may put into a draft order: what is sold and fits the words they typed, in one read."""

from uuid import UUID

import msgspec

from domains import inventory
from domains.desk.finding import SHOWN, products_named
from domains.kit import Money, Transaction

_MOST = 30
# Each with the price of this moment and what of it lies in the open warehouses and is free, as the catalogue has it.
_OFFERS = """
SELECT v.id, p.name, v.sku, v.kind = 'digital' AS is_digital, price.amount, shop.currency,
       coalesce(shelf.available, 0) AS available,
       coalesce(policy.backorder_allowed AND shelf.available IS NOT NULL, false) AS backorder_allowed,
       coalesce((SELECT string_agg(o.name || ': ' || ov.value, ', ' ORDER BY o.position, o.name)
                 FROM catalog.variant_values vv JOIN catalog.options o ON o.id = vv.option_id
                 JOIN catalog.option_values ov ON ov.id = vv.value_id WHERE vv.variant_id = v.id), '') AS options
FROM (SELECT id, min(rank) AS rank FROM ({named}) AS named GROUP BY id) AS named
JOIN catalog.products p ON p.id = named.id
JOIN catalog.variants v ON v.product_id = p.id
CROSS JOIN store.shop shop
CROSS JOIN LATERAL (
    SELECT amount FROM pricing.prices WHERE variant_id = v.id AND currency = shop.currency AND valid_from <= kit.now()
    ORDER BY valid_from DESC, id DESC LIMIT 1) price
LEFT JOIN LATERAL (
    SELECT CAST(sum(s.quantity_on_hand - s.quantity_reserved) AS int) AS available
    FROM inventory.stock_items s JOIN inventory.warehouses w ON w.id = s.warehouse_id AND w.is_active
    WHERE s.variant_id = v.id) shelf ON true
LEFT JOIN inventory.stock_policies policy ON policy.variant_id = v.id
WHERE v.is_active AND p.is_active AND (v.kind = 'physical' OR v.file_id IS NOT NULL)
ORDER BY named.rank, p.name, p.id, v.position, v.sku LIMIT {most}
"""


class Offer(msgspec.Struct, frozen=True):
    """A variant that is sold, with what it costs; `most` is how many of it one line can ask for."""

    variant_id: UUID
    name: str
    options: str
    sku: str
    price: Money
    most: int


async def offers(tx: Transaction, typed: str) -> tuple[Offer, ...]:
    """The variants on sale of the few products that have this SKU, or all these words in their names."""
    typed = typed.strip()[:100]
    if len(typed) < 2:
        return ()
    named, values = products_named(typed)
    rows = await tx.sql(_OFFERS.format(named=named, most=_MOST), {**values, "most": SHOWN})
    return tuple(
        Offer(
            row.id,
            row.name,
            row.options,
            row.sku,
            Money(row.amount, row.currency),
            inventory.MOST_PER_LINE
            if row.is_digital
            else inventory.Availability(row.available, backorder_allowed=row.backorder_allowed).most,
        )
        for row in rows
    )
