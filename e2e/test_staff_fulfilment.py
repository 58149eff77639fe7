"""From a new order to a delivered parcel: two warehouses, a split, and every step by buttons that need no script."""

import re

import pytest
from playwright.sync_api import Page, expect

from domains import inventory
from domains.inventory import Reason
from domains.kit import Transaction
from e2e import checks, steps
from e2e.conftest import Visit
from e2e.stage import Stage

JAR, JAR_SKU = "larder-storage-jar", "ORN-JAR-05"


def lay_out(shop: Stage, here: int) -> None:
    """So many jars in the warehouse that is emptied first, and plenty in the other."""

    async def do(tx: Transaction) -> None:
        found = await tx.sql("SELECT id FROM catalog.variants WHERE sku = :sku", {"sku": JAR_SKU})
        first, second = (await inventory.levels(tx, [found.scalar_one()]))[:2]
        if first.available != here:
            await inventory.adjust(
                tx,
                variant_id=first.variant_id,
                warehouse_id=first.warehouse_id,
                change=here - first.available,
                reason=Reason.CORRECTION,
            )
        await inventory.receive(tx, variant_id=second.variant_id, warehouse_id=second.warehouse_id, quantity=10)

    shop.operate(do)


def shipments(shop: Stage, number: str) -> list[str]:
    rows = shop.sql(
        "SELECT s.number FROM fulfilment.shipments s JOIN orders.orders o ON o.id = s.order_id"
        " WHERE o.order_number = $1 ORDER BY s.position",
        number,
    )
    return [row["number"] for row in rows]


def looked_at(page: Page, scripts: bool) -> None:
    """Nothing is wrong with the page; axe is a script itself, and looks where scripts run."""
    assert not scripts or checks.problems(page) == []


def send(page: Page, shipment: str, tracking: str, *, by_scanner: int = 0) -> None:
    """Pick, pack and ship one shipment; `by_scanner` pieces are scanned."""
    page.goto(f"/staff/fulfilment/{shipment}")
    for _piece in range(by_scanner):
        page.get_by_role("textbox", name="Scan a SKU to pick one piece").fill(JAR_SKU)
        page.get_by_role("button", name="Count").click()
    if not by_scanner:
        page.get_by_role("button", name="Mark all picked").click()
    page.get_by_role("combobox", name="Carrier").select_option(label="UPS")
    page.get_by_role("button", name="Mark packed").click()
    expect(page.get_by_text("Packed.", exact=True)).to_be_visible()
    page.get_by_role("textbox", name="Tracking number").fill(tracking)
    page.get_by_role("button", name="Mark shipped").click()
    expect(page.get_by_text("It is on its way.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_order_goes_out_from_two_warehouses_in_three_parcels(
    shop: Stage, visitor: Visit, as_staff: Visit, scripts: bool
) -> None:
    email = f"odo{scripts}@example.com".lower()
    lay_out(shop, 2)
    buyer = visitor()
    steps.put_into_cart(buyer, JAR, 3)
    steps.walk_to_payment(buyer, email)
    steps.enter_card(buyer)
    steps.pay(buyer)
    number = steps.order_number(buyer)
    shop.until("both warehouses have their part", lambda: len(shipments(shop, number)) == 2)

    # The queue finds it, and what lies in the first warehouse is split.
    page = as_staff("warehouse", to="/staff/fulfilment", scripts=scripts)
    page.get_by_role("textbox", name="Scan or type a shipment's number").fill(f"{number}-1")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=1, name=f"{number}-1")).to_be_visible()
    page.get_by_text("Split it").click()
    page.get_by_role("spinbutton", name=re.compile("^Split off")).fill("1")
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.get_by_text(f"The rest goes as {number}-3.")).to_be_visible()
    looked_at(page, scripts)

    # One after the other they leave; the buyer is told of the first, and sees all of them.
    tail = number[-4:]
    send(page, f"{number}-1", f"1Z {tail} 1", by_scanner=1)
    shop.mail(email, about="A part of your order")
    buyer.goto(f"/orders/{number}")
    parcels = buyer.get_by_role("region", name="Your parcels")
    expect(parcels).to_contain_text("1 of 3: On its way")
    expect(parcels).to_contain_text("2 of 3: Being packed")
    send(page, f"{number}-2", f"1Z {tail} 2")
    send(page, f"{number}-3", f"1Z {tail} 3")
    looked_at(page, scripts)
    shop.mail(email, about=f"Your order {number} is on its way")

    for shipment in shipments(shop, number):
        page.goto(f"/staff/fulfilment/{shipment}")
        page.get_by_role("button", name="Mark delivered").click()
        expect(page.get_by_text("Delivered.", exact=True)).to_be_visible()
    page.goto("/staff/fulfilment")
    looked_at(page, scripts)
    buyer.goto(f"/orders/{number}")
    expect(buyer.get_by_role("region", name="Your parcels")).to_contain_text("3 of 3: Delivered")
    shop.examine()
