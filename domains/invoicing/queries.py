"""What can be asked of documents."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from domains import orders
from domains.invoicing.errors import DocumentNotFound
from domains.invoicing.models import DocumentRow, PrintoutRow
from domains.invoicing.states import DocumentKind
from domains.invoicing.views import Document, DocumentHead, DocumentLine, DocumentTax, Seller
from domains.kit import Address, Money, Transaction

_HEAD = (
    "SELECT id, kind, label, order_id, refund_id, total_cents, currency, issued_on, issued_at FROM invoicing.documents"
)


async def invoice_of(tx: Transaction, order_id: UUID) -> DocumentHead | None:
    """The order's invoice, if it was issued."""
    rows = await tx.sql(f"{_HEAD} WHERE order_id = :id AND kind = 'invoice'", {"id": order_id})
    return _one(rows.one_or_none())


async def note_of(tx: Transaction, refund_id: UUID, kind: DocumentKind) -> DocumentHead | None:
    """The credit note of a refund, or the reversal of that."""
    rows = await tx.sql(f"{_HEAD} WHERE refund_id = :id AND kind = :kind", {"id": refund_id, "kind": kind})
    return _one(rows.one_or_none())


async def documents_of(tx: Transaction, order_id: UUID) -> tuple[DocumentHead, ...]:
    """Every document of an order, in the order in which they were issued."""
    rows = await tx.sql(f"{_HEAD} WHERE order_id = :id ORDER BY issued_at, id", {"id": order_id})
    return tuple(_head(row) for row in rows)


async def by_label(tx: Transaction, order_id: UUID, label: str) -> DocumentHead:
    """One document of an order by its number. Raises `DocumentNotFound`, also for another order's."""
    rows = await tx.sql(f"{_HEAD} WHERE order_id = :id AND label = :label", {"id": order_id, "label": label[:40]})
    found = _one(rows.one_or_none())
    if found is None:
        raise DocumentNotFound
    return found


async def document(tx: Transaction, document_id: UUID) -> Document:
    """A document whole. Raises `DocumentNotFound`."""
    found = (
        await tx.session.execute(
            select(DocumentRow, PrintoutRow.key)
            .outerjoin(PrintoutRow, PrintoutRow.document_id == DocumentRow.id)
            .where(DocumentRow.id == document_id)
        )
    ).one_or_none()
    if found is None:
        raise DocumentNotFound
    row, key = found
    about = (
        None
        if row.about_id is None
        else (await tx.sql("SELECT label FROM invoicing.documents WHERE id = :id", {"id": row.about_id})).scalar_one()
    )

    def money(amount: int) -> Money:
        return Money(amount, row.currency)

    return Document(
        id=row.id,
        kind=DocumentKind(row.kind),
        label=row.label,
        order_id=row.order_id,
        order_number=await orders.number_of(tx, row.order_id),
        about=about,
        currency=row.currency,
        prices_include_tax=row.prices_include_tax,
        subtotal=money(row.subtotal_cents),
        discount=money(row.discount_cents),
        shipping=money(row.shipping_cents),
        tax=money(row.tax_cents),
        total=money(row.total_cents),
        lines=msgspec.convert(row.lines, tuple[DocumentLine, ...]),
        taxes=msgspec.convert(row.taxes, tuple[DocumentTax, ...]),
        seller=msgspec.convert(row.seller, Seller),
        bill_to=msgspec.convert(row.buyer["bill_to"], Address),
        ship_to=msgspec.convert(row.buyer["ship_to"], Address),
        ordered_on=row.ordered_on,
        paid_on=row.paid_on,
        issued_on=row.issued_on,
        key=key,
    )


def _one(row: Any) -> DocumentHead | None:
    return None if row is None else _head(row)


def _head(row: Any) -> DocumentHead:
    return DocumentHead(
        id=row.id,
        kind=DocumentKind(row.kind),
        label=row.label,
        order_id=row.order_id,
        refund_id=row.refund_id,
        total=Money(row.total_cents, row.currency),
        issued_on=row.issued_on,
        issued_at=row.issued_at,
    )
