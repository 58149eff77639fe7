"""What customers want of the shop when the demo opens: messages, one of them answered, and an order by phone."""

from datetime import timedelta
from uuid import UUID

from app.seed.shop import SHOPPER, SHOPPER_ADDRESS
from domains import accounts, catalog, checkout, content
from domains.kit import Actor, Transaction, new_id
from domains.kit.clock import shift

_UNDER_WAY = "SELECT order_number FROM orders.orders WHERE status = 'shipped' ORDER BY created_at LIMIT 1"
_ON_THE_PHONE = (("HLM-MUG-SAG-420", 6), ("NQY-BPK-MOS", 1))
_LATE, _GIFT, _THANKS = (
    "Hello, my parcel should have come on Tuesday and the tracking has said “in transit” since. Could you have a look?",
    "I would like six of the Harbor mugs for a friend who moves next week. Can you put in a card, and leave out the"
    " invoice?",
    "Which oil do you use for the boards? Mine has got dry over the winter.",
)
_ANSWER = "Hello Wren,\n\nfood-safe linseed oil, a thin coat, left overnight. Twice a year is enough.\n\nEdie, Meander"


async def open_the_front_desk(tx: Transaction) -> None:
    """Take three messages of the last day, answer the oldest, and write down half an order."""
    under_way = (await tx.sql(_UNDER_WAY)).scalar()
    by_role = {member.role: member.id for member in await accounts.staff_members(tx)}
    await shift(tx, timedelta(hours=-26))
    asked = await content.receive_message(tx, name="Wren Thorne", email="wren.thorne@example.com", body=_THANKS)
    await shift(tx, timedelta(hours=-22))
    support = _as(tx, Actor.staff(by_role["support"], "support"))
    await content.answer_message(support, asked, _ANSWER, answer_id=new_id(), seen=0)
    await shift(tx, timedelta(hours=-4))
    await content.receive_message(
        tx, name="Paul Lind", email="paul.lind@example.com", body=_LATE, order_number=under_way or ""
    )
    await shift(tx, timedelta(minutes=-35))
    await content.receive_message(tx, name="June Alder", email=SHOPPER.email, body=_GIFT)
    await _write_down(_as(tx, Actor.staff(by_role["manager"], "manager")))
    await shift(tx, timedelta())


async def _write_down(tx: Transaction) -> None:
    """An order by phone that still wants its delivery chosen."""
    draft = await checkout.begin_draft(tx, email=SHOPPER.email)
    for sku, quantity in _ON_THE_PHONE:
        await checkout.add_to_draft(tx, draft, await _variant(tx, sku), quantity)
    typed = {field: getattr(SHOPPER_ADDRESS, field) for field in SHOPPER_ADDRESS.__struct_fields__}
    await checkout.address_draft(tx, draft, typed)


def _as(tx: Transaction, actor: Actor) -> Transaction:
    return Transaction(tx.session, actor, tx.trace_id)


async def _variant(tx: Transaction, sku: str) -> UUID:
    found = await catalog.variant_by_sku(tx, sku)
    if found is None:
        raise LookupError(sku)
    return found.variant_id
