"""What staff ask of an order beside what it says itself."""

from datetime import datetime
from uuid import UUID

import msgspec

from domains.kit import Money, Transaction
from domains.kit.crypto import keyring
from domains.orders.errors import OrderNotFound
from domains.orders.views import DraftTax, StandingCosts

_STANDING = """
SELECT o.currency, o.subtotal_cents, o.discount_cents, o.prices_include_tax, coalesce(r.position, 0) AS position,
       coalesce(r.shipping_cents, o.shipping_cents) AS shipping, coalesce(r.tax_cents, o.tax_cents) AS tax,
       coalesce(r.total_cents, o.total_cents) AS total,
       coalesce(r.taxes, (SELECT coalesce(jsonb_agg(jsonb_build_object('name', name, 'rate_ppm', rate_ppm, 'taxable',
                taxable_cents, 'tax', tax_cents) ORDER BY position), '[]') FROM orders.order_tax_lines
                WHERE order_id = o.id)) AS taxes
FROM orders.orders o
LEFT JOIN LATERAL (SELECT * FROM orders.readdressings WHERE order_id = o.id ORDER BY position DESC LIMIT 1) r ON true
WHERE o.id = :id
"""


class Note(msgspec.Struct, frozen=True):
    """What somebody of the staff wrote about an order."""

    id: UUID
    author_id: UUID | None
    text: str
    at: datetime


async def standing_costs(tx: Transaction, order_id: UUID) -> StandingCosts:
    """What delivery and tax of an order are at the address it has now. Raises `OrderNotFound`."""
    row = (await tx.sql(_STANDING, {"id": order_id})).one_or_none()
    if row is None:
        raise OrderNotFound
    return StandingCosts(
        position=row.position,
        shipping=Money(row.shipping, row.currency),
        tax=Money(row.tax, row.currency),
        total=Money(row.total, row.currency),
        taxes=msgspec.convert(row.taxes, tuple[DraftTax, ...]),
    )


async def notes(tx: Transaction, order_id: UUID) -> list[Note]:
    """The notes of an order, oldest first."""
    rows = await tx.sql(
        "SELECT id, author_id, text, created_at FROM orders.notes WHERE order_id = :id ORDER BY created_at, id",
        {"id": order_id},
    )
    return [Note(row.id, row.author_id, note_text(row.text), row.created_at) for row in rows]


def note_text(sealed: str) -> str:
    """The words of a note as its row holds them, for who reads many tables at once."""
    return keyring().decrypt(sealed, "orders.notes.text")


async def id_of(tx: Transaction, number: str) -> UUID:
    """The order of this number, for staff alone: nobody's right to see it is checked. Raises `OrderNotFound`."""
    found: UUID | None = (
        await tx.sql("SELECT id FROM orders.orders WHERE order_number = :number", {"number": number.upper()[:20]})
    ).scalar()
    if found is None:
        raise OrderNotFound
    return found


async def tax_classes(tx: Transaction, order_id: UUID) -> dict[UUID, str]:
    """How each line of an order is taxed, by its variant."""
    rows = await tx.sql("SELECT variant_id, tax_class FROM orders.order_lines WHERE order_id = :id", {"id": order_id})
    return {row.variant_id: row.tax_class for row in rows}
