"""The stock in the hands of staff: counted with something missing, and bought anew for those who wait for it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from domains import inventory
from domains.kit import Transaction
from e2e import checks, steps
from e2e.conftest import Visit
from e2e.stage import Stage

JAR = "larder-storage-jar"


def sku_of(shop: Stage, slug: str) -> str:
    """The SKU that is chosen when the product's page opens."""
    (row,) = shop.sql(
        "SELECT v.sku FROM catalog.variants v JOIN catalog.products p ON p.id = v.product_id WHERE p.slug = $1"
        " ORDER BY v.is_default DESC, v.position, v.sku LIMIT 1",
        slug,
    )
    return str(row["sku"])


def in_house(shop: Stage, sku: str, warehouse: str) -> int:
    (row,) = shop.sql(
        "SELECT s.quantity_on_hand FROM inventory.stock_items s JOIN catalog.variants v ON v.id = s.variant_id"
        " JOIN inventory.warehouses w ON w.id = s.warehouse_id WHERE v.sku = $1 AND w.code = $2",
        sku,
        warehouse,
    )
    return int(row["quantity_on_hand"])


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_count_finds_something_missing_and_the_books_are_put_right(
    shop: Stage, as_staff: Visit, scripts: bool
) -> None:
    (row,) = shop.sql(
        "SELECT v.sku, s.warehouse_location AS place, s.quantity_on_hand + s.quantity_allocated AS there,"
        " s.quantity_on_hand, w.code, w.name FROM inventory.stock_items s"
        " JOIN catalog.variants v ON v.id = s.variant_id AND v.kind = 'physical'"
        " JOIN inventory.warehouses w ON w.id = s.warehouse_id"
        " WHERE s.quantity_on_hand - s.quantity_reserved > 4 AND s.warehouse_location IS NOT NULL"
        " ORDER BY w.priority, v.sku DESC LIMIT 1"
    )
    page = as_staff("warehouse", to="/staff/stock/counts/new", scripts=scripts)

    page.get_by_role("combobox", name="Warehouse").select_option(label=row["name"])
    page.get_by_role("textbox", name="Places that begin with").fill(row["place"])
    page.get_by_role("button", name="Begin to count").click()
    found = page.get_by_role("textbox", name=f"Found of {row['sku']}", exact=True)
    expect(found).to_be_visible()
    expect(page.get_by_role("columnheader", name="In the books")).to_have_count(0)
    if scripts:
        assert checks.axe(page) == []
    found.fill(str(row["there"] - 2))
    page.get_by_role("button", name="Save what was found").click()
    expect(page.get_by_text("1 lines are counted.")).to_be_visible()
    page.get_by_role("button", name="Everything is counted").click()
    if page.get_by_role("button", name="Leave them out").count():
        page.get_by_role("button", name="Leave them out").click()

    expect(page.get_by_role("row", name=re.compile(re.escape(row["sku"])))).to_contain_text("-2")
    if scripts:
        assert checks.axe(page) == []
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved: 1 quantities were put right.")).to_be_visible()
    assert in_house(shop, row["sku"], row["code"]) == row["quantity_on_hand"] - 2


@pytest.fixture
def jar_before_it_comes(shop: Stage) -> Iterator[str]:
    """The SKU of a jar that is sold before it has come. Others buy it too: in the end there are plenty of it, and
    only those that are there are sold."""
    sku = sku_of(shop, JAR)

    def may_be_owed(is_so: bool) -> None:
        async def say(tx: Transaction) -> None:
            rows = await tx.sql("SELECT id FROM catalog.variants WHERE sku = :sku", {"sku": sku})
            await inventory.set_policy(tx, variant_id=rows.scalar_one(), backorder_allowed=is_so)

        shop.operate(say)

    may_be_owed(True)
    yield sku
    shop.restock(sku, 30)
    may_be_owed(False)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_purchase_order_brings_what_is_owed_to_the_oldest_order_first(
    shop: Stage, visitor: Visit, as_staff: Visit, jar_before_it_comes: str, scripts: bool
) -> None:
    sku = jar_before_it_comes
    shop.leave(sku, 0)
    orders = []
    for turn in range(2):
        buyer = visitor()
        steps.put_into_cart(buyer, JAR, 1)
        steps.walk_to_payment(buyer, f"waits{turn}{scripts}@example.com".lower())
        steps.enter_card(buyer)
        steps.pay(buyer)
        orders.append(steps.order_number(buyer))
    (day,) = shop.sql("SELECT CAST(kit.now() AS date) AS today")

    page = as_staff("warehouse", to="/staff/stock/purchases/new", scripts=scripts)
    page.get_by_role("combobox", name="Supplier").or_(page.get_by_role("textbox", name="Supplier")).first.fill("Potter")
    page.get_by_label("Expected").fill((day["today"] + timedelta(days=9)).isoformat())
    page.get_by_role("textbox", name="Add").fill(f"{sku} 3")  # two for those who wait, one for the next
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("button", name="Mark as ordered").click()
    expect(page.get_by_text("It counts as incoming from now on.")).to_be_visible()
    if scripts:
        assert checks.axe(page) == []
    product = visitor(scripts=scripts)
    product.goto(f"/products/{JAR}?variant={sku}")
    expect(product.get_by_text(re.compile("^Back on .+, can be ordered now$")).first).to_be_visible()

    page.get_by_role("textbox", name=f"{sku}, Arrived").fill("1")
    page.get_by_role("button", name="Put down what came").click()
    expect(page.get_by_text("Put down. The rest is still expected.")).to_be_visible()

    assert [owed(shop, number) for number in orders] == [0, 1]
    page.get_by_role("textbox", name=f"{sku}, Arrived").fill("2")
    page.get_by_role("button", name="Put down what came").click()
    expect(page.get_by_text("All of it has come; the order is closed.")).to_be_visible()
    assert [owed(shop, number) for number in orders] == [0, 0]
    assert shop.available(sku) == 1


def owed(shop: Stage, number: str) -> int:
    (row,) = shop.sql(
        "SELECT coalesce(sum(p.backordered), 0) AS owed FROM orders.orders o"
        " JOIN inventory.reservations r ON r.order_id = o.id AND r.status = 'consumed'"
        " JOIN inventory.reservation_parts p ON p.reservation_id = r.id WHERE o.order_number = $1",
        number,
    )
    return int(row["owed"])
