"""A small shop to buy in, a cart on its way, and the checks that close every test of money and stock."""

from datetime import timedelta
from uuid import UUID

import msgspec

from app.sandbox.testing import CARD_PAYS, Sandbox
from domains import accounts, cart, catalog, checkout, inventory, orders, pricing, shipping
from domains.checkout.flows import Outcome
from domains.desk.testing import assert_sound
from domains.inventory.tests.factories import assert_stock_balances, make_variants, make_warehouse, put_on_shelf
from domains.kit import Actor, Database, new_id, new_token
from domains.kit.clock import shift
from domains.orders import OrderStatus
from domains.payments.gateway import Gateway, StripeGateway
from domains.pricing.tests.factories import open_shop

STAFF = Actor.system("tests")
PRICE, SHIPPING = 2000, 500
RETURN_URL = "http://127.0.0.1:8000/checkout/return"
HOME = {
    "name": "Ada Lovelace",
    "line1": "350 Fifth Avenue",
    "city": "New York",
    "state": "NY",
    "postal_code": "10118",
    "country": "US",
}


class TinyShop(msgspec.Struct, frozen=True):
    """One mug at 20.00, sent for 5.00 within the country; New York takes 8.875% of both."""

    variant_id: UUID
    warehouse_id: UUID
    standard: UUID
    express: UUID


class Basket(msgspec.Struct):
    """A shopper on his way: who he is, his cart, his checkout and the total he was shown."""

    actor: Actor
    cart_id: UUID
    token: str
    checkout_id: UUID
    total: int = 0


async def tiny_shop(db: Database, *, on_hand: int = 10, price: int = PRICE, **shop: object) -> TinyShop:
    await open_shop(db, **shop)
    (variant_id,) = await make_variants(db)
    warehouse_id = await make_warehouse(db)
    await put_on_shelf(db, variant_id, warehouse_id, on_hand)
    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, variant_id, price)
        await pricing.add_tax_rate(tx, name="New York", rate_ppm=88_750, country="US", state="NY", jurisdiction="state")
        home = await shipping.add_zone(
            tx, name="Home", regions=[shipping.RegionDraft("US"), shipping.RegionDraft("CA")]
        )
        free = shipping.BandDraft("USD", 0 if price == 0 else SHIPPING)
        standard = await shipping.add_method(
            tx, zone_id=home, code="standard", name="Standard", days_min=3, days_max=5, bands=[free]
        )
        express = await shipping.add_method(
            tx,
            zone_id=home,
            code="express",
            name="Express",
            days_min=1,
            days_max=1,
            bands=[shipping.BandDraft("USD", 1500)],
        )
    return TinyShop(variant_id, warehouse_id, standard, express)


async def customer(db: Database, email: str = "ada@example.com") -> Actor:
    async with db.transaction(STAFF) as tx:
        account_id = await accounts.register(tx, email=email, password_hash=accounts.NOBODY, first_name="Ada")
    assert account_id is not None
    return Actor.customer(account_id, "visitor-of-account")


async def basket(
    db: Database, shop: TinyShop, *, quantity: int = 1, actor: Actor | None = None, variant_id: UUID | None = None
) -> Basket:
    """A cart with something in it and a checkout that has just begun."""
    actor = actor or Actor.guest(f"visitor-{new_id()}")
    async with db.transaction(actor) as tx:
        cart_id, token = await cart.start(tx, actor.id)
        await cart.add_line(tx, cart_id, variant_id or shop.variant_id, quantity)
        checkout_id, _token = await checkout.begin(tx, cart_id=cart_id, account_id=actor.id)
    return Basket(actor, cart_id, token or "", checkout_id)


async def ready(db: Database, shop: TinyShop, **options: object) -> Basket:
    """A shopper before the Pay button: all entered, his things held."""
    begun = await basket(db, shop, **options)  # type: ignore[arg-type]
    async with db.transaction(begun.actor) as tx:
        assert not await checkout.enter_contact(tx, begun.checkout_id, email=f"{new_id().hex}@example.com")
        assert not await checkout.enter_addresses(
            tx, begun.checkout_id, shipping_typed=HOME, billing_same=True, billing_typed={}
        )
        assert not await checkout.choose_shipping(tx, begun.checkout_id, method_id=shop.standard)
        await checkout.hold(tx, begun.checkout_id)
        view = await checkout.checkout(tx, begun.checkout_id)
    assert view.accepted_total is not None
    begun.total = view.accepted_total.amount
    return begun


async def press_pay(
    db: Database,
    sandbox: Sandbox,
    gateway: Gateway,
    shopper: Basket,
    *,
    card: str = CARD_PAYS,
    key: str | None = None,
    token: str | None = None,
    total: int | None = None,
) -> Outcome:
    """Press Pay with a card typed into the gateway's frame."""
    return await checkout.flows.pay(
        db,
        gateway,
        shopper.actor,
        shopper.checkout_id,
        token=token or await sandbox.confirmation_token(card),
        key=key or new_token(),
        total=shopper.total if total is None else total,
        return_url=RETURN_URL,
    )


def gateway_of(sandbox: Sandbox) -> StripeGateway:
    return StripeGateway(**sandbox.gateway_options(), read_timeout=2.0, authorize_read_timeout=3.0)


async def move_clock(db: Database, **ahead: float) -> None:
    async with db.transaction(STAFF) as tx:
        await shift(tx, timedelta(**ahead))


async def statuses(db: Database) -> list[tuple[str, str | None]]:
    """Every order with its reason to be dead, oldest first."""
    async with db.transaction(STAFF) as tx:
        rows = await tx.sql("SELECT status, cancel_reason FROM orders.orders ORDER BY created_at, id")
        return [(row.status, row.cancel_reason) for row in rows]


async def status_of(db: Database, order_id: UUID) -> OrderStatus:
    async with db.transaction(STAFF) as tx:
        return (await orders.head(tx, order_id)).status


async def events(db: Database, kind: str) -> int:
    async with db.transaction(STAFF) as tx:
        found: int = (await tx.sql("SELECT count(*) FROM kit.events WHERE type = :kind", {"kind": kind})).scalar_one()
        return found


async def sellable(db: Database, variant_id: UUID) -> tuple[int, int, int]:
    """On hand, reserved, allocated."""
    async with db.transaction(STAFF) as tx:
        (found,) = await inventory.levels(tx, [variant_id])
    return found.quantity_on_hand, found.quantity_reserved, found.quantity_allocated


async def rename(db: Database, variant_id: UUID, price: int) -> None:
    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, variant_id, price)


async def hide(db: Database, variant_id: UUID) -> None:
    async with db.transaction(STAFF) as tx:
        variant = (await catalog.variants(tx, [variant_id]))[variant_id]
        await catalog.unpublish(tx, variant.product_id)


_MONEY = """
SELECT o.order_number, o.status, p.status AS payment, p.captured_cents, p.refunded_cents, p.refunding_cents
FROM orders.orders o LEFT JOIN payments.payments p ON p.id = o.payment_id
WHERE (o.status = 'confirmed' AND o.total_cents > 0
       AND coalesce(p.captured_cents, 0) - p.refunded_cents <> o.total_cents)
   OR (o.status = 'cancelled' AND p.captured_cents > p.refunded_cents + p.refunding_cents)
   OR (o.status = 'cancelled' AND p.status IN ('pending', 'authorized'))
"""


async def assert_books_agree(db: Database, sandbox: Sandbox) -> None:
    """Stock balances; what is confirmed is paid, what is dead is not; the gateway's captures are ours, one to one.

    And all that the doctor asks even while something is under way.
    """
    await assert_stock_balances(db)
    await assert_sound(db, quiet=False)
    async with db.transaction(STAFF) as tx:
        assert (await tx.sql(_MONEY)).all() == []
        ours = {
            row.gateway_transaction_id: row.captured_cents
            for row in await tx.sql(
                "SELECT gateway_transaction_id, captured_cents FROM payments.payments WHERE captured_cents > 0"
            )
        }
        live = (
            await tx.sql(
                "SELECT cart_id FROM orders.orders WHERE status <> 'cancelled' GROUP BY cart_id HAVING count(*) > 1"
            )
        ).all()
    assert live == []
    listed = await sandbox.api("GET", "/v1/payment_intents", limit="100")
    taken = {intent["id"]: intent["amount_received"] for intent in listed["data"] if intent["amount_received"]}
    assert taken == ours
