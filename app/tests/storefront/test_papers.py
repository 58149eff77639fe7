"""Invoices and credit notes over HTTP: for who owns the order or holds its link, and for nobody else."""

import pytest

from app.tests.storefront.test_orders import order_in
from app.web.testing import Browser, another_browser
from domains import invoicing
from domains.invoicing.tests.test_documents import refunded
from domains.kit import Database
from domains.orders import OrderStatus
from domains.orders.tests.factories import TESTER


async def test_who_holds_the_link_reads_the_invoice_and_nobody_keeps_it(shop: Browser, live_db: Database) -> None:
    head, link = await order_in(live_db, OrderStatus.CONFIRMED)
    opened = await shop.get(f"{link}?to=invoice")

    answer = await shop.get(opened.headers["location"])
    again = await shop.get(f"/orders/{head.number}/invoice.pdf")

    assert opened.headers["location"] == f"/orders/{head.number}/invoice.pdf"
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert again.content == answer.content
    assert answer.headers["cache-control"] == "private, no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert 'filename="INV-' in answer.headers["content-disposition"]


async def test_a_stranger_is_told_nothing(shop: Browser, live_db: Database) -> None:
    head, link = await order_in(live_db, OrderStatus.CONFIRMED)
    async with live_db.transaction(TESTER) as tx:
        refund = await refunded(tx, head.id, 1000)
        note = await invoicing.credit(tx, refund.id)
    other, other_link = await order_in(live_db, OrderStatus.CONFIRMED)
    paths = [f"/orders/{head.number}/invoice.pdf", f"/orders/{head.number}/documents/{note.label}.pdf"]

    async with another_browser(shop.shop) as stranger:
        await stranger.get(other_link)
        without = [(await stranger.get(path)).status_code for path in paths]
        through_own = await stranger.get(f"/orders/{other.number}/documents/{note.label}.pdf")
    await shop.get(link)
    with_link = [(await shop.get(path)).status_code for path in paths]

    assert without == [404, 404]
    assert through_own.status_code == 404
    assert with_link == [200, 200]


async def test_an_unpaid_order_has_no_invoice(shop: Browser, live_db: Database) -> None:
    head, link = await order_in(live_db, OrderStatus.PENDING)
    await shop.get(link)

    assert (await shop.get(f"/orders/{head.number}/invoice.pdf")).status_code == 404


async def test_the_page_of_an_order_leads_to_its_papers(shop: Browser, live_db: Database) -> None:
    head, link = await order_in(live_db, OrderStatus.CONFIRMED)
    async with live_db.transaction(TESTER) as tx:
        note = await invoicing.credit(tx, (await refunded(tx, head.id, 1000)).id)
    await shop.get(link)

    page = await shop.get(f"/orders/{head.number}")

    assert f"/orders/{head.number}/invoice.pdf" in page.text
    assert f"/orders/{head.number}/documents/{note.label}.pdf" in page.text


@pytest.mark.parametrize("store", ["media", "static"])
async def test_no_public_way_leads_to_a_paper(shop: Browser, live_db: Database, store: str) -> None:
    head, link = await order_in(live_db, OrderStatus.CONFIRMED)
    await shop.get(link)
    await shop.get(f"/orders/{head.number}/invoice.pdf")
    async with live_db.transaction(TESTER) as tx:
        key = (await tx.sql("SELECT key FROM invoicing.printouts")).scalar_one()

    assert (await shop.get(f"/{store}/{key}")).status_code == 404
