"""Issuing documents, one at a time: numbers have no gap and no twin, and no document is issued twice."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import insert

from domains import orders, payments, store
from domains.invoicing.errors import CreditUnbalanced, NotInvoiced
from domains.invoicing.models import DOCUMENTS
from domains.invoicing.queries import document, invoice_of, note_of
from domains.invoicing.states import SERIES, DocumentKind
from domains.invoicing.views import CreditLine, Document, DocumentHead, DocumentLine, DocumentTax, Seller
from domains.kit import Money, Transaction, new_id
from domains.kit.i18n import gettext as _
from domains.kit.money import divide_half_up
from domains.orders import OrderView
from domains.payments import RefundState

_MISSING = """
SELECT o.id FROM orders.orders o
WHERE o.confirmed_at IS NOT NULL AND o.confirmed_at <= kit.now() - make_interval(secs => :age)
  AND NOT EXISTS (SELECT FROM invoicing.documents d WHERE d.order_id = o.id AND d.kind = 'invoice')
ORDER BY o.confirmed_at, o.id LIMIT :limit
"""

_UNCREDITED = """
SELECT r.id, r.status FROM payments.refunds r
JOIN payments.payments p ON p.id = r.payment_id JOIN orders.orders o ON o.id = p.order_id
WHERE r.processed_at IS NOT NULL AND o.confirmed_at IS NOT NULL
  AND r.processed_at <= kit.now() - make_interval(secs => :age)
  AND (NOT EXISTS (SELECT FROM invoicing.documents d WHERE d.refund_id = r.id AND d.kind = 'credit_note')
       OR (r.status = 'failed'
           AND NOT EXISTS (SELECT FROM invoicing.documents d WHERE d.refund_id = r.id AND d.kind = 'reversal')))
ORDER BY r.processed_at, r.id LIMIT :limit
"""


async def issue(tx: Transaction, order_id: UUID, *, dated: datetime | None = None) -> DocumentHead:
    """The order's invoice, issued now unless it is there; `dated` is for a past that is written down at once.

    Raises `OrderNotFound`, and `NotInvoiced` for an order that was never confirmed.
    """
    if (found := await invoice_of(tx, order_id)) is not None:
        return found
    return await _issue(tx, await orders.order(tx, order_id), dated=dated)


async def _issue(tx: Transaction, order: OrderView, *, dated: datetime | None) -> DocumentHead:
    if order.confirmed_at is None:
        raise NotInvoiced
    await _one_at_a_time(tx)
    if (faster := await invoice_of(tx, order.id)) is not None:
        return faster
    draft = await _draft(tx, DocumentKind.INVOICE, order, dated=dated)
    return await _write(
        tx,
        draft
        | {
            "prices_include_tax": order.prices_include_tax,
            "subtotal_cents": order.subtotal.amount,
            "discount_cents": order.discount.amount,
            "shipping_cents": order.shipping.amount,
            "tax_cents": order.tax.amount,
            "total_cents": order.total.amount,
            "lines": [
                DocumentLine(
                    name=line.product_name,
                    options=line.options,
                    sku=line.sku,
                    quantity=line.quantity,
                    unit_price=line.unit_price.amount,
                    amount=line.line_total.amount,
                )
                for line in order.lines
            ],
            "taxes": [
                DocumentTax(each.name, each.rate_ppm, each.taxable.amount, each.tax.amount) for each in order.tax_lines
            ],
        },
    )


async def credit(tx: Transaction, refund_id: UUID, *, dated: datetime | None = None) -> DocumentHead | None:
    """The credit note of a refund that went through, issued now unless it is there; None for one of no invoice.

    Its lines are those that `explain` has put down, else one for the whole. Tax goes back in the proportion in which
    it is still in what was paid, so that the last refund leaves none.
    """
    if (found := await note_of(tx, refund_id, DocumentKind.CREDIT_NOTE)) is not None:
        return found
    refund = await payments.refund(tx, refund_id)
    if refund.processed_at is None:
        return None
    order = await orders.order(tx, (await payments.payment(tx, refund.payment_id)).order_id)
    if order.confirmed_at is None:
        return None
    await _one_at_a_time(tx)
    if (faster := await note_of(tx, refund_id, DocumentKind.CREDIT_NOTE)) is not None:
        return faster
    invoice = await issue(tx, order.id, dated=dated and order.confirmed_at)
    draft = await _draft(tx, DocumentKind.CREDIT_NOTE, order, dated=dated)
    said = (
        await tx.sql("SELECT lines, taxes FROM invoicing.refund_details WHERE refund_id = :id", {"id": refund_id})
    ).one_or_none()
    amount = refund.amount.amount
    lines: Sequence[DocumentLine] = (
        [DocumentLine(name=_("Refund of order {number}").format(number=order.number), quantity=1, amount=amount)]
        if said is None
        else msgspec.convert(said.lines, list[DocumentLine])
    )
    if said is not None and said.taxes is not None:
        taxes = msgspec.convert(said.taxes, list[DocumentTax])
    else:
        taxes = await _taxes_in(tx, await document(tx, invoice.id), amount)
    return await _write(tx, draft | _credited(invoice.id, refund_id, amount, lines, taxes))


async def reverse(tx: Transaction, refund_id: UUID, *, dated: datetime | None = None) -> DocumentHead | None:
    """Take back the credit note of a refund that the bank sent back; None where there is none to take back."""
    if (found := await note_of(tx, refund_id, DocumentKind.REVERSAL)) is not None:
        return found
    refund = await payments.refund(tx, refund_id)
    if refund.status is not RefundState.FAILED or refund.processed_at is None:
        return None
    credited = await credit(tx, refund_id, dated=dated)
    if credited is None:
        return None
    await _one_at_a_time(tx)
    if (faster := await note_of(tx, refund_id, DocumentKind.REVERSAL)) is not None:
        return faster
    taken_back = await document(tx, credited.id)
    order = await orders.order(tx, taken_back.order_id)
    draft = await _draft(tx, DocumentKind.REVERSAL, order, dated=dated)
    return await _write(
        tx,
        draft
        | _credited(credited.id, refund_id, taken_back.total.amount, list(taken_back.lines), list(taken_back.taxes)),
    )


async def correct(tx: Transaction, order_id: UUID, *, taxes: Sequence[DocumentTax], why: str) -> DocumentHead:
    """Say that the tax in what an order cost is of other rates than its invoice says: `taxes` are what it is less by,
    each rate by itself. No money moves. Raises `NotInvoiced`."""
    order = await orders.order(tx, order_id)
    await _one_at_a_time(tx)
    invoice = await issue(tx, order_id)
    draft = await _draft(tx, DocumentKind.CORRECTION, order, dated=None)
    line = DocumentLine(name=why, quantity=1, amount=0)
    return await _write(tx, draft | _credited(invoice.id, None, 0, [line], taxes))


async def explain(
    tx: Transaction, refund_id: UUID, lines: Sequence[CreditLine], *, taxes: Sequence[DocumentTax] | None = None
) -> None:
    """Put down what a refund is for, in the transaction that asks for it: its credit note will say so.

    `taxes` are the tax in it by rate, where that is not in proportion. Said twice, the first stays. Raises
    `CreditUnbalanced` unless the lines come to what is refunded.
    """
    refund = await payments.refund(tx, refund_id)
    if sum(line.amount for line in lines) != refund.amount.amount:
        raise CreditUnbalanced(lines)
    await tx.sql(
        "INSERT INTO invoicing.refund_details (refund_id, lines, taxes)"
        " VALUES (:id, CAST(:lines AS jsonb), CAST(:taxes AS jsonb)) ON CONFLICT DO NOTHING",
        {
            "id": refund_id,
            "lines": msgspec.json.encode(list(lines)).decode(),
            "taxes": None if taxes is None else msgspec.json.encode(list(taxes)).decode(),
        },
    )


async def issue_missing(
    tx: Transaction, *, older_than_seconds: float = 60, limit: int = 100, as_of_then: bool = False
) -> int:
    """Issue what no event has brought: orders confirmed before this was built, events that came to nothing.

    Documents are dated today; `as_of_then` dates each by what it is about. Returns how many there were.
    """
    bound = {"age": older_than_seconds, "limit": limit}
    unbilled = (await tx.sql(_MISSING, bound)).scalars().all()
    for order_id in unbilled:
        order = await orders.order(tx, order_id)
        await _issue(tx, order, dated=order.confirmed_at if as_of_then else None)
    uncredited = (await tx.sql(_UNCREDITED, bound)).all()
    for row in uncredited:
        dated = (await payments.refund(tx, row.id)).processed_at if as_of_then else None
        await credit(tx, row.id, dated=dated)
        if row.status == RefundState.FAILED:
            await reverse(tx, row.id, dated=dated)
    return len(unbilled) + len(uncredited)


def _credited(
    about_id: UUID, refund_id: UUID | None, amount: int, lines: Sequence[DocumentLine], taxes: Sequence[DocumentTax]
) -> dict[str, Any]:
    return {
        "about_id": about_id,
        "refund_id": refund_id,
        "prices_include_tax": True,
        "subtotal_cents": amount,
        "discount_cents": 0,
        "shipping_cents": 0,
        "tax_cents": sum(each.tax for each in taxes),
        "total_cents": amount,
        "lines": lines,
        "taxes": taxes,
    }


async def _taxes_in(tx: Transaction, invoice: Document, amount: int) -> list[DocumentTax]:
    """The tax in `amount`, by rate: its share of what tax is left in what is left of the invoice."""
    earlier = (
        await tx.sql(
            "SELECT kind, total_cents, taxes FROM invoicing.documents WHERE order_id = :order AND kind <> 'invoice'",
            {"order": invoice.order_id},
        )
    ).all()
    left = invoice.total.amount
    taxes = {(each.name, each.rate_ppm): (each.taxable, each.tax) for each in invoice.taxes}
    for row in earlier:
        sign = 1 if row.kind == DocumentKind.REVERSAL else -1
        left += sign * row.total_cents
        for each in msgspec.convert(row.taxes, list[DocumentTax]):
            taxable, tax = taxes.get((each.name, each.rate_ppm), (0, 0))
            taxes[each.name, each.rate_ppm] = taxable + sign * each.taxable, tax + sign * each.tax
    if left <= 0:
        return []
    return [
        DocumentTax(name, rate_ppm, divide_half_up(taxable * amount, left), divide_half_up(tax * amount, left))
        for (name, rate_ppm), (taxable, tax) in taxes.items()
        if tax or taxable
    ]


async def _draft(tx: Transaction, kind: DocumentKind, order: OrderView, *, dated: datetime | None) -> dict[str, Any]:
    shop = await store.shop(tx)
    zone = ZoneInfo(shop.time_zone)

    def day(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    issued_at = dated or await tx.now()
    return {
        "id": new_id(),
        "kind": kind,
        "series": SERIES[kind],
        "order_id": order.id,
        "currency": order.total.currency,
        "seller": Seller(
            name=shop.name,
            legal_name=shop.legal_name,
            address=shop.address,
            country=shop.country,
            email=shop.reply_email or shop.alerts_email,
            tax_number=shop.tax_number,
        ),
        "buyer": {
            "bill_to": msgspec.to_builtins(order.billing_address),
            "ship_to": msgspec.to_builtins(order.shipping_address),
        },
        "ordered_on": day(order.created_at),
        "paid_on": day(order.confirmed_at or issued_at),
        "issued_on": day(issued_at),
        "issued_at": issued_at,
    }


async def _one_at_a_time(tx: Transaction) -> None:
    """Wait until nobody else issues, until the end of the transaction: the counters of two series are never waited
    for crosswise, and what is looked at from here on stays so."""
    await tx.sql("SELECT pg_advisory_xact_lock(hashtext('invoicing'))")


async def _write(tx: Transaction, draft: dict[str, Any]) -> DocumentHead:
    """Number the document and write it. The counter's row is held until the commit and rolled back with the document,
    so a series has neither a gap nor a number twice."""
    counter = {"series": draft["series"], "year": draft["issued_on"].year}
    number = (
        await tx.sql(
            "INSERT INTO invoicing.counters AS c (series, year, last) VALUES (:series, :year, 1)"
            " ON CONFLICT (series, year) DO UPDATE SET last = c.last + 1 RETURNING last",
            counter,
        )
    ).scalar_one()
    label = f"{draft['series']}-{counter['year']}-{number:06}"
    plain = {name: msgspec.to_builtins(draft[name]) for name in ("lines", "taxes", "seller")}
    await tx.session.execute(
        insert(DOCUMENTS), [{**draft, **plain, "year": counter["year"], "number": number, "label": label}]
    )
    return DocumentHead(
        id=draft["id"],
        kind=draft["kind"],
        label=label,
        order_id=draft["order_id"],
        refund_id=draft.get("refund_id"),
        total=Money(draft["total_cents"], draft["currency"]),
        issued_on=draft["issued_on"],
        issued_at=draft["issued_at"],
    )
