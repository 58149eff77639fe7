"""Invoices and credit notes: their numbers, what stands on them, and that each is issued once."""

import asyncio
from uuid import UUID

import msgspec
import pytest

from domains import invoicing, orders, payments
from domains.desk.testing import assert_sound
from domains.invoicing import CreditLine, DocumentKind
from domains.kit import Database, Money, Transaction
from domains.kit.deliveries import drain, subscribe
from domains.orders import OrderStatus
from domains.orders.tests.factories import TESTER, a_line, brought_to, placed
from domains.payments.tests.factories import refused_by_database, sent_back

INCLUDED = {
    "prices_include_tax": True,
    "tax_lines": (
        orders.DraftTax(name="VAT 19%", rate_ppm=190_000, taxable=2101, tax=399),
        orders.DraftTax(name="VAT 7%", rate_ppm=70_000, taxable=1869, tax=131),
    ),
    "subtotal": 4000,
    "shipping": 500,
    "tax": 530,
    "total": 4500,
}


async def refunded(tx: Transaction, order_id: UUID, amount: int, key: str = "part") -> payments.Refund:
    """A refund of the order that went through."""
    paid = await payments.for_order(tx, order_id)
    assert paid is not None
    asked = await payments.request_refund(
        tx, payment_id=paid.id, amount=Money(amount, paid.amount.currency), reason="", key=key
    )
    return await payments.record_refund(tx, asked.id, sent_back(asked))


async def numbers(db: Database, series: str = "INV") -> list[int]:
    async with db.transaction(TESTER) as tx:
        rows = await tx.sql(
            "SELECT number FROM invoicing.documents WHERE series = :series ORDER BY number", {"series": series}
        )
        return list(rows.scalars())


async def test_an_invoice_says_what_was_sold_and_to_whom(shop: Database) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)

        invoice = await invoicing.document(tx, (await invoicing.issue(tx, order.id)).id)

        year = invoice.issued_on.year
        assert (invoice.kind, invoice.label, invoice.order_number) == (
            DocumentKind.INVOICE,
            f"INV-{year}-000001",
            order.number,
        )
        assert [(line.name, line.sku, line.quantity, line.amount) for line in invoice.lines] == [
            ("Stoneware mug", "MUG-SAGE", 2, 4000)
        ]
        assert (invoice.subtotal.amount, invoice.shipping.amount, invoice.tax.amount) == (4000, 500, 360)
        assert (invoice.total, invoice.net.amount) == (order.total, 4500)
        assert [(each.name, each.taxable, each.tax) for each in invoice.taxes] == [("Sales tax", 4500, 360)]
        assert (invoice.seller.legal_name, invoice.bill_to.name) == ("Meander Ltd", "Ada Lovelace")


async def test_an_order_has_one_invoice_however_often_it_is_issued(shop: Database) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)

        first, second = await invoicing.issue(tx, order.id), await invoicing.issue(tx, order.id)

        assert first == second
        assert len(await invoicing.documents_of(tx, order.id)) == 1


async def test_an_order_that_costs_nothing_has_an_invoice_too(shop: Database) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await placed(
            tx, lines=(a_line(unit_price=0, quantity=1),), tax_lines=(), subtotal=0, shipping=0, tax=0, total=0
        )
        await orders.confirm(tx, order.id)

        assert (await invoicing.issue(tx, order.id)).total == Money(0, "USD")


async def test_an_order_that_was_never_paid_has_none(shop: Database) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await placed(tx)

        with pytest.raises(invoicing.NotInvoiced):
            await invoicing.issue(tx, order.id)


async def test_what_stands_on_an_invoice_does_not_change_with_the_order(shop: Database) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)
        before = await invoicing.document(tx, (await invoicing.issue(tx, order.id)).id)
        await tx.sql("UPDATE store.shop SET legal_name = 'Another Ltd'")

        assert await invoicing.document(tx, before.id) == before
        async with refused_by_database(tx, "append-only"):
            await tx.sql("UPDATE invoicing.documents SET total_cents = 0")


async def test_the_database_keeps_one_invoice_of_an_order_one_note_of_a_refund_and_each_number_once(
    shop: Database,
) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)
        await invoicing.issue(tx, order.id)
        await invoicing.credit(tx, (await refunded(tx, order.id, 1000)).id)

        for constraint, kind, changes in (
            ("uq_documents_invoice", "invoice", {"number": 9}),
            ("uq_documents_refund", "credit_note", {"number": 9}),
            ("uq_documents_series_year_number", "credit_note", {"kind": "reversal"}),
        ):
            async with refused_by_database(tx, constraint):
                await tx.sql(
                    "INSERT INTO invoicing.documents"
                    " SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'label', 'twin')"
                    " || CAST(:changes AS jsonb))).* FROM invoicing.documents d WHERE d.kind = :kind",
                    {"kind": kind, "changes": msgspec.json.encode(changes).decode()},
                )


async def test_the_refunds_of_an_order_credit_its_tax_to_the_last_cent(shop: Database) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED, **INCLUDED)
        credited = []
        for place, amount in enumerate((1000, 999, 2501)):
            refund = await refunded(tx, order.id, amount, key=f"part {place}")
            note = await invoicing.credit(tx, refund.id)
            assert note is not None
            credited.append(await invoicing.document(tx, note.id))

        assert [each.total.amount for each in credited] == [1000, 999, 2501]
        assert sum(each.tax.amount for each in credited) == 530
        by_rate = [sum(each.taxes[place].tax for each in credited) for place in (0, 1)]
        assert by_rate == [399, 131]
        assert [each.about for each in credited] == [(await invoicing.issue(tx, order.id)).label] * 3


async def test_a_correction_moves_no_money_and_the_refunds_after_it_credit_the_tax_it_left(shop: Database) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED, **INCLUDED)
        invoice = await invoicing.issue(tx, order.id)

        less = invoicing.DocumentTax("VAT 19%", 190_000, 0, 99)
        corrected = await invoicing.document(
            tx, (await invoicing.correct(tx, order.id, taxes=[less], why="Another country")).id
        )
        note = await invoicing.credit(tx, (await refunded(tx, order.id, 4500)).id)

        assert note is not None
        assert (corrected.kind, corrected.total, corrected.about) == (
            DocumentKind.CORRECTION,
            Money(0, "USD"),
            invoice.label,
        )
        assert (corrected.tax.amount, [line.name for line in corrected.lines]) == (99, ["Another country"])
        assert (await invoicing.document(tx, note.id)).tax.amount == 530 - 99
    assert await numbers(shop, "CN") == [1, 2]


async def test_a_credit_note_says_what_the_refund_was_said_to_be_for(shop: Database) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)
        paid = await payments.for_order(tx, order.id)
        asked = await payments.request_refund(
            tx, payment_id=paid.id, amount=Money(2160, "USD"), reason="", key="one mug"
        )
        with pytest.raises(invoicing.CreditUnbalanced):
            await invoicing.explain(tx, asked.id, [CreditLine("Stoneware mug", 1, 2000)])
        await invoicing.explain(tx, asked.id, [CreditLine("Stoneware mug", 1, 2160, sku="MUG-SAGE")])
        await payments.record_refund(tx, asked.id, sent_back(asked))

        note = await invoicing.credit(tx, asked.id)

        lines = (await invoicing.document(tx, note.id)).lines
        assert [(line.name, line.quantity, line.amount, line.sku) for line in lines] == [
            ("Stoneware mug", 1, 2160, "MUG-SAGE")
        ]


async def test_a_refund_has_one_credit_note_once_it_went_through_and_its_reversal_only_once_it_came_back(
    shop: Database,
) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)
        paid = await payments.for_order(tx, order.id)
        asked = await payments.request_refund(
            tx, payment_id=paid.id, amount=Money(1000, "USD"), reason="", key="one mug"
        )

        too_early = await invoicing.credit(tx, asked.id)
        await payments.record_refund(tx, asked.id, sent_back(asked))
        first, second = await invoicing.credit(tx, asked.id), await invoicing.credit(tx, asked.id)
        not_back = await invoicing.reverse(tx, asked.id)
        await payments.observe_refund(tx, sent_back(asked, "failed"))
        reversals = [await invoicing.reverse(tx, asked.id) for _ in range(2)]

        assert (too_early, not_back) == (None, None)
        assert first == second is not None
        assert reversals[0] == reversals[1] is not None
        assert [head.kind for head in await invoicing.documents_of(tx, order.id)] == [
            DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.REVERSAL,
        ]  # fmt: skip


async def test_a_refund_that_the_bank_sends_back_takes_its_credit_note_back(shop: Database) -> None:
    async with shop.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)
        refund = await refunded(tx, order.id, 1080)
        note = await invoicing.credit(tx, refund.id)
        await payments.observe_refund(tx, sent_back(refund, "failed"))

        reversal = await invoicing.reverse(tx, refund.id)
        again = await refunded(tx, order.id, 4860, key="all of it")
        last = await invoicing.document(tx, (await invoicing.credit(tx, again.id)).id)

        assert (reversal.kind, reversal.total) == (DocumentKind.REVERSAL, note.total)
        assert last.tax.amount == 360


async def test_events_issue_them(live_shop: Database) -> None:
    async with live_shop.transaction(TESTER) as tx:
        await subscribe(tx, invoicing.SUBSCRIBERS)
        order = await brought_to(tx, OrderStatus.CONFIRMED)
        unpaid = await placed(tx)
        await refunded(tx, order.id, 1000)

    await drain(live_shop, invoicing.SUBSCRIBERS)

    async with live_shop.transaction(TESTER) as tx:
        kinds = [head.kind for head in await invoicing.documents_of(tx, order.id)]
        assert kinds == [DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE]
        assert await invoicing.documents_of(tx, unpaid.id) == ()
    await assert_sound(live_shop, quiet=False, but=("I05", "I26"))


async def test_what_no_event_has_brought_is_found(live_shop: Database) -> None:
    async with live_shop.transaction(TESTER) as tx:
        order = await brought_to(tx, OrderStatus.CONFIRMED)
        refund = await refunded(tx, order.id, 1000)
        await payments.observe_refund(tx, sent_back(refund, "failed"))

    async with live_shop.transaction(TESTER) as tx:
        found = await invoicing.issue_missing(tx, older_than_seconds=0)
        again = await invoicing.issue_missing(tx, older_than_seconds=0)
        kinds = [head.kind for head in await invoicing.documents_of(tx, order.id)]

    assert (found, again) == (2, 0)
    assert kinds == [DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.REVERSAL]


async def test_many_at_once_are_numbered_without_a_gap_or_a_twin(live_shop: Database) -> None:
    paid: list[UUID] = []
    for _each in range(10):  # twice as many issue at once: as many as there are connections
        async with live_shop.transaction(TESTER) as tx:
            paid.append((await brought_to(tx, OrderStatus.CONFIRMED)).id)

    async def issue(order_id: UUID, *, fails: bool) -> None:
        try:
            async with live_shop.transaction(TESTER) as tx:
                await invoicing.issue(tx, order_id)
                if fails:
                    raise RuntimeError("on the way")
        except RuntimeError:
            pass

    # Each twice, and every fourth first by somebody whose transaction is rolled back.
    await asyncio.gather(
        *(issue(order_id, fails=place % 4 == 0) for place, order_id in enumerate(paid)),
        *(issue(order_id, fails=False) for order_id in paid),
    )

    assert await numbers(live_shop) == list(range(1, 11))
    await assert_sound(live_shop, quiet=False, but=("I05", "I26"))
