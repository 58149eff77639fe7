"""Placing an order."""

import secrets
from uuid import UUID

import msgspec
from sqlalchemy import insert
from sqlalchemy.dialects import postgresql

from domains import accounts, store
from domains.kit import Forbidden, Transaction, new_id, record
from domains.kit.crypto import email_hash
from domains.orders.errors import NumbersExhausted
from domains.orders.events import OrderCreated, OrderedItem
from domains.orders.models import OrderLineRow, OrderRow, OrderTaxRow
from domains.orders.names import name_words
from domains.orders.views import OrderDraft, PlacedOrder

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to be misread
_TRIES = 60


async def place(tx: Transaction, draft: OrderDraft) -> PlacedOrder:
    """Place the order: `pending`, with everything it says kept as it is now (ORD-04).

    The rows are written in the caller's transaction, beside the hold and the payment. The database refuses an order
    without lines, one whose sums do not add up, and a second live one of the same checkout or cart. Emits
    `order.created`. Raises `AccountUnknown` and `Forbidden` for an account that is gone or may not order.
    """
    if draft.user_id is not None and (await accounts.account(tx, draft.user_id)).status != accounts.Status.ACTIVE:
        raise Forbidden
    if not draft.lines:
        raise ValueError("an order has at least one line")
    number = await _insert(tx, draft)
    await tx.session.execute(
        insert(OrderLineRow),
        [
            {
                "id": new_id(),
                "order_id": draft.id,
                "position": position,
                "product_id": line.product_id,
                "variant_id": line.variant_id,
                "product_name_snapshot": line.product_name[:255],
                "options_snapshot": line.options[:255],
                "sku_snapshot": line.sku,
                "tax_class": line.tax_class,
                "unit_price_cents": line.unit_price,
                "quantity": line.quantity,
                "line_total_cents": line.unit_price * line.quantity,
                "discount_cents": line.discount,
                "tax_cents": line.tax,
                "is_digital": line.is_digital,
            }
            for position, line in enumerate(draft.lines, start=1)
        ],
    )
    if draft.tax_lines:
        await tx.session.execute(
            insert(OrderTaxRow),
            [
                {
                    "order_id": draft.id,
                    "position": position,
                    "name": tax.name,
                    "rate_ppm": tax.rate_ppm,
                    "taxable_cents": tax.taxable,
                    "tax_cents": tax.tax,
                }
                for position, tax in enumerate(draft.tax_lines, start=1)
            ],
        )
    await record(
        tx,
        OrderCreated(
            order_id=draft.id,
            number=number,
            user_id=draft.user_id,
            payment_id=draft.payment_id,
            checkout_id=draft.checkout_id,
            cart_id=draft.cart_id,
            currency=draft.currency,
            prices_include_tax=draft.prices_include_tax,
            subtotal=draft.subtotal,
            discount=draft.discount,
            shipping=draft.shipping,
            tax=draft.tax,
            total=draft.total,
            items=tuple(
                OrderedItem(line.variant_id, line.product_id, line.quantity, line.unit_price) for line in draft.lines
            ),
        ),
    )
    return PlacedOrder(draft.id, number)


async def _insert(tx: Transaction, draft: OrderDraft) -> str:
    """Insert the order under a number nobody has: the unique index decides, and a clash costs another draw."""
    day = f"{await store.today(tx):%Y%m%d}"
    values = {
        "id": draft.id,
        "user_id": draft.user_id,
        "email": draft.email and draft.email.strip(),
        "email_hash": draft.email and email_hash(draft.email),
        "subtotal_cents": draft.subtotal,
        "discount_cents": draft.discount,
        "tax_cents": draft.tax,
        "shipping_cents": draft.shipping,
        "total_cents": draft.total,
        "currency": draft.currency,
        "prices_include_tax": draft.prices_include_tax,
        "shipping_address_snapshot": msgspec.to_builtins(draft.shipping_address),
        "billing_address_snapshot": msgspec.to_builtins(draft.billing_address),
        "shipping_method_id": draft.shipping_method_id,
        "shipping_method": draft.shipping_method,
        "delivery_from": draft.delivery_from,
        "delivery_until": draft.delivery_until,
        "payment_id": draft.payment_id,
        "notes": draft.notes or None,
        "ship_country": draft.shipping_address.country,
        "name_words": name_words((draft.shipping_address, draft.billing_address)),
        "checkout_id": draft.checkout_id,
        "cart_id": draft.cart_id,
    }
    for _try in range(_TRIES):
        number = f"ORD-{day}-{''.join(secrets.choice(_ALPHABET) for _letter in range(4))}"
        placed = await tx.session.execute(
            postgresql.insert(OrderRow)
            .values(order_number=number, **values)
            .on_conflict_do_nothing(index_elements=[OrderRow.order_number])
            .returning(OrderRow.id)
        )
        found: UUID | None = placed.scalar_one_or_none()
        if found is not None:
            return number
    raise NumbersExhausted
