"""Files whose money goes back are fetched no more."""

from uuid import UUID

from domains import catalog, downloads, returns, store
from domains.kit import Database, Transaction
from domains.orders import OrderStatus, OrderView
from domains.orders.tests.factories import a_line
from domains.returns import RefundLine
from domains.returns.tests.factories import CLERK, COLLEAGUE, a_variant, sold


async def _a_file(tx: Transaction, key: str) -> tuple[UUID, UUID]:
    product_id, variant_id = await a_variant(tx)
    file_id = await catalog.add_file(
        tx, key=key, name=f"{key}.pdf", content_type="application/pdf", size=3, sha256="0" * 64
    )
    await catalog.make_digital(tx, variant_id, file_id)
    return product_id, variant_id


async def _bought(tx: Transaction) -> OrderView:
    """Two copies of one file and one of another, which may be fetched; 65.00 with delivery."""
    lines = tuple(
        a_line(product_id=product_id, variant_id=variant_id, quantity=quantity, unit_price=2000, is_digital=True)
        for quantity, (product_id, variant_id) in ((2, await _a_file(tx, "knots")), (1, await _a_file(tx, "hitches")))
    )
    amounts = {"tax_lines": (), "tax": 0, "subtotal": 6000, "total": 6500}
    order = await sold(tx, OrderStatus.CONFIRMED, lines=lines, **amounts)
    assert await downloads.grant(tx, order.id) == 2
    return order


async def _open_to_fetch(tx: Transaction, order: OrderView) -> set[UUID]:
    return {grant.variant_id for grant in await downloads.of_order(tx, order.id)}


async def test_a_file_is_taken_back_with_the_money_of_its_last_piece_and_no_other_is(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await _bought(tx)
        knots, hitches = order.lines

        await returns.refund_lines(tx, order_id=order.id, lines=[RefundLine(knots.id, 1)], reason="one", key="1")
        after_one = await _open_to_fetch(tx, order)
        await returns.refund_lines(tx, order_id=order.id, lines=[RefundLine(knots.id, 1)], reason="both", key="2")

        assert after_one == {knots.variant_id, hitches.variant_id}
        assert await _open_to_fetch(tx, order) == {hitches.variant_id}


async def test_a_file_is_not_taken_back_before_a_second_person_agrees(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await _bought(tx)
        await store.change(tx, refund_limit=100)
        hitches = order.lines[1]

        waiting = await returns.refund_lines(
            tx, order_id=order.id, lines=[RefundLine(hitches.id, 1)], reason="wrong one", key="1"
        )
        assert hitches.variant_id in await _open_to_fetch(tx, order)

    async with db.transaction(COLLEAGUE) as tx:
        await returns.approve_refund(tx, waiting.id)
        assert hitches.variant_id not in await _open_to_fetch(tx, order)
