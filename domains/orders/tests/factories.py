"""Orders for tests, in any state, paid through the operations of payments."""

from typing import Any
from uuid import UUID

import msgspec

from domains import accounts, orders, payments, store
from domains.kit import Actor, Address, Money, Transaction, new_id
from domains.orders import OrderStatus
from domains.payments.tests.factories import told

TESTER = Actor.system("tests")

HOME = Address(
    name="Ada Lovelace", line1="12 St James's Square", city="New York", postal_code="10001", country="US", state="NY"
)


async def open_shop(tx: Transaction, **changes: Any) -> None:
    """A shop to sell in, unless it is open already."""
    if await store.is_set_up(tx):
        return
    details: dict[str, Any] = {
        "name": "Meander",
        "legal_name": "Meander Ltd",
        "address": ("1 Stoa Street", "Athens"),
        "country": "US",
        "currency": "USD",
        "time_zone": "America/New_York",
        "prices_include_tax": False,
        "sender_email": "shop@example.com",
        "alerts_email": "owner@example.com",
        "countries": ("US", "DE"),
        **changes,
    }
    await store.set_up(tx, store.ShopDetails(**details))


def a_line(**changes: Any) -> orders.DraftLine:
    values: dict[str, Any] = {
        "product_id": new_id(),
        "variant_id": new_id(),
        "product_name": "Stoneware mug",
        "options": "Colour: Sage",
        "sku": "MUG-SAGE",
        "tax_class": "standard",
        "unit_price": 2000,
        "quantity": 2,
        **changes,
    }
    return orders.DraftLine(**values)


def a_draft(**changes: Any) -> orders.OrderDraft:
    """Two mugs at 20.00, shipping 5.00, tax 3.60 on top: 48.60."""
    values: dict[str, Any] = {
        "id": new_id(),
        "user_id": None,
        "email": "ada@example.com",
        "currency": "USD",
        "prices_include_tax": False,
        "lines": (a_line(),),
        "tax_lines": (orders.DraftTax(name="Sales tax", rate_ppm=80_000, taxable=4500, tax=360),),
        "subtotal": 4000,
        "discount": 0,
        "shipping": 500,
        "tax": 360,
        "total": 4860,
        "shipping_address": HOME,
        "billing_address": HOME,
        "shipping_method": "Standard",
        "checkout_id": new_id(),
        "cart_id": new_id(),
        **changes,
    }
    return orders.OrderDraft(**values)


async def placed(tx: Transaction, **changes: Any) -> orders.OrderHead:
    """An order that waits for its payment."""
    await open_shop(tx)
    draft = a_draft(**changes)
    if draft.total and draft.payment_id is None:
        payment_id = await payments.open(
            tx, order_id=draft.id, user_id=draft.user_id, amount=Money(draft.total, draft.currency)
        )
        draft = msgspec.structs.replace(draft, payment_id=payment_id)
    await orders.place(tx, draft)
    return await orders.head(tx, draft.id)


async def pay(tx: Transaction, order_id: UUID) -> payments.PaymentView:
    """Let the gateway take the order's money."""
    head = await orders.head(tx, order_id)
    assert head.payment_id is not None
    attempt = await payments.start_attempt(tx, head.payment_id)
    await payments.observe(tx, told(attempt), livemode=False)
    return await payments.observe(tx, told(attempt, "succeeded"), livemode=False)


async def brought_to(tx: Transaction, status: OrderStatus, **changes: Any) -> orders.OrderHead:
    """An order in `status`, brought there by the operations."""
    order = await placed(tx, **changes)
    if status is OrderStatus.CANCELLED:
        await orders.cancel(tx, order.id, reason=orders.CancelReason.CUSTOMER)
    elif status is not OrderStatus.PENDING:
        await pay(tx, order.id)
        await orders.confirm(tx, order.id)
        if status is not OrderStatus.CONFIRMED:
            await orders.ship(tx, order.id, tracking_number="1Z 999")
        if status is OrderStatus.DELIVERED:
            await orders.deliver(tx, order.id)
    return await orders.head(tx, order.id)


async def an_account(tx: Transaction, email: str, *, verified: bool = True) -> UUID:
    """A customer's account."""
    await accounts.register(tx, email=email, password_hash=accounts.NOBODY, first_name="Ada", last_name="Lovelace")
    account_id = await accounts.find_account(tx, email)
    assert account_id is not None
    if verified:
        await accounts.verify_email(tx, await accounts.issue_token(tx, account_id, "verify_email"))
    return account_id


async def event_types(tx: Transaction, order_id: UUID) -> list[str]:
    rows = await tx.sql(
        "SELECT type FROM kit.events WHERE stream = 'order' AND stream_id = :id ORDER BY version", {"id": order_id}
    )
    return list(rows.scalars())
