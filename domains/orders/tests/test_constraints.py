"""ORD-01, ORD-02: the database holds the rules of an order by itself."""

from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from domains import orders
from domains.kit import Database, new_id
from domains.orders.tests.factories import TESTER, a_line, placed
from domains.payments.tests.factories import refused_by_database


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("total_cents = total_cents + 1", "ck_orders_total_adds_up"),
        ("tax_cents = tax_cents + 1", "ck_orders_total_adds_up"),
        ("shipping_cents = -500, total_cents = total_cents - 1000", "ck_orders_shipping_cents"),
        ("discount_cents = -1, total_cents = total_cents + 1", "ck_orders_discount_cents"),
        ("discount_cents = 4501, total_cents = 359", "ck_orders_discount_within_reach"),
        ("tax_cents = -1, total_cents = 4499", "ck_orders_tax_cents"),
        ("total_cents = 9007199254740992, shipping_cents = 9007199254736632", "_cents"),
        ("user_id = NULL, email = NULL, email_hash = NULL", "ck_orders_somebody"),
        ("email = NULL", "ck_orders_email_hash"),
        ("status = 'lost'", "an order cannot go|ck_orders_status"),
        ("status = 'cancelled'", "ck_orders_cancel"),
        ("status = 'cancelled', cancelled_at = now(), cancel_reason = 'whim'", "ck_orders_cancel_reason"),
        ("status = 'confirmed'", "ck_orders_confirmed_at"),
        ("order_number = 'ORD-20260216-ABCU'", "ck_orders_order_number|do not change"),
        ("currency = 'EUR'", "do not change"),
        ("subtotal_cents = 3900, total_cents = 4760", "do not change"),
        ("payment_id = NULL", "ck_orders_paid_by_a_payment"),
        ("shipping_address_snapshot = NULL", "shipping_address_snapshot"),
        ("delivery_from = '2026-11-22', delivery_until = '2026-11-21'", "ck_orders_delivery"),
        ("user_id = gen_random_uuid()", "fk_orders_user_id"),
    ],
)
async def test_an_order_that_cannot_be_is_refused(db: Database, change: str, constraint: str) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx)

        async with refused_by_database(tx, constraint):
            await tx.sql(f"UPDATE orders.orders SET {change} WHERE id = :id", {"id": order.id})


async def test_with_tax_in_the_prices_it_is_not_added_again(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        tax = (orders.DraftTax(name="MwSt.", rate_ppm=190_000, taxable=4500, tax=718),)
        order = await placed(tx, prices_include_tax=True, tax=718, tax_lines=tax, total=4500)

        async with refused_by_database(tx, "ck_orders_total_adds_up"):
            await tx.sql("UPDATE orders.orders SET total_cents = 5218 WHERE id = :id", {"id": order.id})
        async with refused_by_database(tx, "ck_orders_tax_within_total"):
            await tx.sql("UPDATE orders.orders SET tax_cents = 4501 WHERE id = :id", {"id": order.id})


LINE = {
    "id": None,
    "order_id": None,
    "position": 2,
    "product_id": None,
    "variant_id": None,
    "product_name_snapshot": "Bowl",
    "sku_snapshot": "BOWL",
    "tax_class": "standard",
    "unit_price_cents": 100,
    "quantity": 3,
    "line_total_cents": 300,
}


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"line_total_cents": 299}, "ck_order_lines_line_adds_up"),
        ({"quantity": 0, "line_total_cents": 0}, "ck_order_lines_quantity"),
        ({"quantity": -1, "line_total_cents": -100}, "ck_order_lines"),
        ({"unit_price_cents": -1, "line_total_cents": -3}, "ck_order_lines"),
        ({"product_name_snapshot": ""}, "ck_order_lines_product_name_snapshot"),
        ({"product_name_snapshot": "x" * 256}, "too long"),
        ({"sku_snapshot": "x" * 51}, "too long"),
        ({"sku_snapshot": ""}, "ck_order_lines_sku_snapshot"),
        ({"position": 1}, "uq_order_lines_order_id_position"),
        ({"order_id": "unknown"}, "fk_order_lines_order_id"),
    ],
)
async def test_a_line_that_cannot_be_is_refused(db: Database, changes: dict[str, Any], constraint: str) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx)
        ids = {"id": new_id(), "order_id": order.id, "product_id": new_id(), "variant_id": new_id()}
        values = {**LINE, **ids, **changes}
        if values["order_id"] == "unknown":
            values["order_id"] = new_id()

        async with refused_by_database(tx, constraint):
            await tx.sql(f"INSERT INTO orders.order_lines ({', '.join(values)}) VALUES (:{', :'.join(values)})", values)


async def place_and_commit(db: Database, **changes: Any) -> None:
    async with db.transaction(TESTER) as tx:
        await placed(tx, **changes)


async def test_an_order_without_lines_or_with_sums_that_do_not_add_up_is_never_committed(live_db: Database) -> None:
    with pytest.raises(ValueError, match="at least one line"):
        await place_and_commit(live_db, lines=())
    with pytest.raises(DBAPIError, match="the lines of order"):
        await place_and_commit(live_db, lines=(a_line(quantity=1),))
    with pytest.raises(DBAPIError, match="the tax lines of order"):
        await place_and_commit(live_db, tax_lines=())

    await place_and_commit(live_db)
    async with live_db.transaction(TESTER) as tx:
        assert (await tx.sql("SELECT count(*) FROM orders.orders")).scalar_one() == 1


async def bare_order(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await tx.sql(
            "INSERT INTO orders.orders (id, order_number, email, email_hash, subtotal_cents, total_cents, currency,"
            " prices_include_tax, shipping_address_snapshot, billing_address_snapshot, shipping_method)"
            " VALUES (gen_random_uuid(), 'ORD-20261120-0000', 'x', 'x', 0, 0, 'USD', false, 'x', 'x', 'Standard')"
        )


async def test_the_database_alone_refuses_an_order_without_lines(live_db: Database) -> None:
    with pytest.raises(DBAPIError, match="has no lines"):
        await bare_order(live_db)


@pytest.mark.parametrize("table", ["order_lines", "order_tax_lines"])
async def test_what_was_sold_is_only_added_to(db: Database, table: str) -> None:
    async with db.transaction(TESTER) as tx:
        await placed(tx)

        for change in (f"DELETE FROM orders.{table}", f"UPDATE orders.{table} SET position = 9"):
            async with refused_by_database(tx, "append-only"):
                await tx.sql(change)


async def test_a_cart_and_a_checkout_have_one_live_order(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        cart_id, checkout_id = new_id(), new_id()
        first = await placed(tx, cart_id=cart_id, checkout_id=checkout_id)

        async with refused_by_database(tx, "uq_orders_live_cart"):
            await placed(tx, cart_id=cart_id)
        async with refused_by_database(tx, "uq_orders_live_checkout"):
            await placed(tx, checkout_id=checkout_id)

        await orders.cancel(tx, first.id, reason=orders.CancelReason.EXPIRED)
        await placed(tx, cart_id=cart_id, checkout_id=checkout_id)
