"""A shop with a past drawn by chance: orders on the edges of days, paid, cancelled, refunded in every way there is."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domains import invoicing, orders, payments, returns
from domains.kit import Address, Money, Transaction
from domains.kit.clock import shift
from domains.orders.tests.factories import HOME, a_draft, a_line, open_shop, pay
from domains.payments.tests.factories import sent_back

ZONE = ZoneInfo("America/New_York")
# Around the days of 23 and of 25 hours, the ends of months and of the year, and midnights here and in Greenwich.
EDGES = tuple(
    datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    for moment in (
        "2025-12-31T18:59:59", "2025-12-31T23:59:59", "2026-01-01T00:00:00", "2026-03-07T23:59:59",
        "2026-03-08T01:59:59", "2026-03-08T03:00:00", "2026-03-08T23:59:59", "2026-03-09T00:00:00",
        "2026-03-31T20:00:00", "2026-11-01T00:00:00", "2026-11-01T01:30:00", "2026-11-01T23:59:59",
        "2026-11-02T00:00:00",
    )
)  # fmt: skip


async def at(tx: Transaction, moment: datetime) -> None:
    """Let it be `moment` by the shop's clock."""
    real: datetime = (await tx.sql("SELECT now()")).scalar_one()
    await shift(tx, moment.astimezone(UTC) - real)


def drawn(chance: random.Random, products: Sequence[orders.DraftLine]) -> orders.OrderDraft:
    """An order of one to three lines, with or without discount, tax inside or on top, to one of three countries."""
    is_inside = chance.random() < 0.4
    lines = []
    for line in chance.sample(products, chance.randint(1, 3)):
        quantity = chance.randint(1, 4)
        price = line.unit_price * quantity
        discount = chance.choice((0, 0, price, chance.randint(0, price)))
        tax = (price - discount) * 19 // (119 if is_inside else 100)
        lines.append(msgspec.structs.replace(line, quantity=quantity, discount=discount, tax=tax))
    shipping = chance.choice((0, 495))
    subtotal = sum(line.unit_price * line.quantity for line in lines)
    discount = sum(line.discount for line in lines)
    tax = sum(line.tax for line in lines) + shipping * 19 // (119 if is_inside else 100)
    total = subtotal - discount + shipping + (0 if is_inside else tax)
    country = chance.choice(("US", "DE", "FR"))
    home = Address(
        name=HOME.name, line1=HOME.line1, city="Berlin", postal_code="10115", country=country,
        state="NY" if country == "US" else "",
    )  # fmt: skip
    return a_draft(
        lines=tuple(lines),
        tax_lines=(orders.DraftTax(name="VAT", rate_ppm=190_000, taxable=total - tax, tax=tax),) if tax else (),
        subtotal=subtotal, discount=discount, shipping=shipping, tax=tax, total=total,
        prices_include_tax=is_inside, shipping_address=home, billing_address=home,
    )  # fmt: skip


async def live(tx: Transaction, seed: int, count: int) -> None:
    """`count` orders and what became of each."""
    chance = random.Random(seed)
    await open_shop(tx, countries=("US", "DE", "FR"), refund_limit=10**9)
    products = [
        a_line(sku=f"SKU-{n}", product_name=f"Thing {n}", unit_price=chance.randint(100, 9_999)) for n in range(7)
    ]
    for _order in range(count):
        moment = chance.choice(EDGES) + timedelta(seconds=chance.choice((0, 0, 1, 3600)))
        await at(tx, moment)
        await _one(tx, chance, drawn(chance, products), moment)
    await at(tx, datetime(2027, 3, 15, 12, tzinfo=ZONE))
    await invoicing.issue_missing(tx, older_than_seconds=0, limit=10_000, as_of_then=True)


async def _one(tx: Transaction, chance: random.Random, draft: orders.OrderDraft, moment: datetime) -> None:
    if draft.total:
        payment_id = await payments.open(tx, order_id=draft.id, user_id=None, amount=Money(draft.total, draft.currency))
        draft = msgspec.structs.replace(draft, payment_id=payment_id)
    await orders.place(tx, draft)
    fate = chance.choice(("waits", "given up", "by card", "by card", "by card", "by transfer"))
    if fate == "waits":
        return
    if fate == "given up":
        await orders.cancel(tx, draft.id, reason=orders.CancelReason.CUSTOMER)
        return
    if draft.payment_id is not None and fate == "by transfer":
        await payments.await_transfer(tx, draft.payment_id)
        await payments.receive_transfer(tx, draft.payment_id, reference="told")
    elif draft.payment_id is not None:
        await pay(tx, draft.id)
    await orders.confirm(tx, draft.id)
    if draft.payment_id is None:
        return
    await at(tx, moment + timedelta(days=chance.randint(0, 40), seconds=chance.randint(0, 90_000)))
    match chance.choice(("kept", "called off", "some lines", "some lines", "goodwill", "sent back by the bank")):
        case "called off":
            refund_id = await orders.cancel(tx, draft.id, reason=orders.CancelReason.STAFF)
            assert refund_id is not None
            await _send(tx, await payments.refund(tx, refund_id))
        case "some lines":
            order = await orders.order(tx, draft.id)
            for number in range(2):
                line = chance.choice(order.lines)
                try:
                    asked = await returns.refund_lines(
                        tx, order_id=draft.id, lines=[returns.RefundLine(line.id, 1)], reason="came back",
                        key=f"{number}", adjustment=chance.choice((0, 7)),
                    )  # fmt: skip
                except (returns.AlreadyRefunded, returns.NothingToRefund):
                    continue
                assert asked.payment_refund_id is not None
                await _send(tx, await payments.refund(tx, asked.payment_refund_id))
        case "goodwill":
            await _send(tx, await _refund(tx, draft.payment_id, chance.randint(1, draft.total)))
        case "sent back by the bank":
            whole = await _refund(tx, draft.payment_id, draft.total)
            await _send(tx, whole)
            if not (await payments.payment(tx, draft.payment_id)).is_by_transfer:
                await at(tx, moment + timedelta(days=60))
                await payments.observe_refund(tx, sent_back(whole, "failed"))


async def _refund(tx: Transaction, payment_id: UUID, amount: int) -> payments.Refund:
    return await payments.request_refund(
        tx,
        payment_id=payment_id,
        amount=Money(amount, "USD"),
        reason="",
        key="whole",
    )


async def _send(tx: Transaction, asked: payments.Refund) -> None:
    if (await payments.payment(tx, asked.payment_id)).is_by_transfer:
        await payments.give_back_by_transfer(tx, asked.id)
    else:
        await payments.record_refund(tx, asked.id, sent_back(asked))
