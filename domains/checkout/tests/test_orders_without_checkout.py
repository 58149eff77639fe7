"""An order that no checkout made (taken over, written by staff) is settled, cancelled and refunded like any other."""

from uuid import UUID

from domains import catalog, checkout, inventory, orders, payments
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import HOME, PRICE, RETURN_URL, STAFF, sellable, status_of, tiny_shop
from domains.kit import Address, Database, Money, new_id
from domains.orders import DraftLine, OrderDraft, OrderStatus


async def written_order(db: Database, variant_id: UUID) -> tuple[UUID, UUID]:
    """A pending order of two mugs with its hold and its payment."""
    order_id = new_id()
    async with db.transaction(STAFF) as tx:
        await inventory.reserve(tx, lines=[inventory.Demand(variant_id, 2)], holder=order_id, visitor="")
        product_id = (await catalog.variants(tx, [variant_id]))[variant_id].product_id
        payment_id = await payments.open(tx, order_id=order_id, user_id=None, amount=Money(2 * PRICE, "USD"))
        line = DraftLine(
            product_id=product_id,
            variant_id=variant_id,
            product_name="Mug",
            options="",
            sku="MUG",
            tax_class="standard",
            unit_price=PRICE,
            quantity=2,
        )
        await orders.place(
            tx,
            OrderDraft(
                id=order_id,
                user_id=None,
                email="ada@example.com",
                currency="USD",
                prices_include_tax=False,
                lines=(line,),
                tax_lines=(),
                subtotal=2 * PRICE,
                discount=0,
                shipping=0,
                tax=0,
                total=2 * PRICE,
                shipping_address=Address(**HOME),
                billing_address=Address(**HOME),
                shipping_method="Standard",
                payment_id=payment_id,
            ),
        )
        await inventory.bind(tx, holder=order_id, order_id=order_id)
    return order_id, payment_id


async def test_it_is_confirmed_when_its_money_was_taken(live_db, sandbox, gateway):
    shop = await tiny_shop(live_db)
    order_id, payment_id = await written_order(live_db, shop.variant_id)
    async with live_db.transaction(STAFF) as tx:
        attempt = await payments.start_attempt(tx, payment_id)
    intent = await gateway.authorize(
        attempt_id=attempt.id,
        payment_id=payment_id,
        order_id=order_id,
        order_number="ORD",
        account_id=None,
        amount=2 * PRICE,
        currency="USD",
        confirmation_token=await sandbox.confirmation_token(),
        return_url=RETURN_URL,
    )
    async with live_db.transaction(STAFF) as tx:
        await payments.record(tx, attempt.id, intent, livemode=gateway.livemode)

    outcome = await checkout.flows.settle(live_db, gateway, payment_id, cause="test")

    assert outcome.state is PaymentState.CONFIRMED
    assert await status_of(live_db, order_id) is OrderStatus.CONFIRMED
    assert await sellable(live_db, shop.variant_id) == (8, 0, 2)

    await checkout.flows.cancel(live_db, gateway, STAFF, order_id)
    assert await status_of(live_db, order_id) is OrderStatus.CANCELLED
    assert await sellable(live_db, shop.variant_id) == (10, 0, 0)


async def test_unpaid_it_is_cancelled_and_its_stock_is_free_again(live_db, sandbox, gateway):
    shop = await tiny_shop(live_db)
    order_id, _payment_id = await written_order(live_db, shop.variant_id)

    await checkout.flows.cancel(live_db, gateway, STAFF, order_id)

    assert await status_of(live_db, order_id) is OrderStatus.CANCELLED
    assert await sellable(live_db, shop.variant_id) == (10, 0, 0)
