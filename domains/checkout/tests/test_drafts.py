"""Orders that staff write: paid by a link once, never oversold, and told of each change before anything is charged."""

import asyncio
from uuid import UUID

import pytest

from app.sandbox.testing import CARD_DECLINED, Sandbox
from domains import accounts, checkout, orders, store
from domains.checkout import DraftState, PayLinkOver, StockShort, TotalChanged
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import (
    HOME,
    STAFF,
    Basket,
    TinyShop,
    assert_books_agree,
    customer,
    events,
    move_clock,
    press_pay,
    ready,
    rename,
    sellable,
    statuses,
    tiny_shop,
)
from domains.kit import Actor, Address, Database, Invalid, new_id, new_token
from domains.orders import OrderStatus
from domains.payments.gateway import StripeGateway

ANN = Actor.staff(new_id(), "manager")
MAIL = "ada@example.com"


async def a_draft(db: Database, shop: TinyShop, *, quantity: int = 1, email: str = MAIL) -> UUID:
    """All entered, and not yet offered to anybody."""
    async with db.transaction(STAFF) as tx:
        draft_id = await checkout.begin_draft(tx, email=email)
        await checkout.add_to_draft(tx, draft_id, shop.variant_id, quantity)
        assert not await checkout.address_draft(tx, draft_id, HOME)
        assert not await checkout.deliver_draft(tx, draft_id, method_id=shop.standard, notes="")
    return draft_id


async def offered(db: Database, shop: TinyShop, **options: object) -> tuple[UUID, Basket]:
    """A draft whose link has gone out, and a visitor who has opened it."""
    draft_id = await a_draft(db, shop, **options)  # type: ignore[arg-type]
    async with db.transaction(STAFF) as tx:
        written = await checkout.draft(tx, draft_id)
        total = (await checkout.quote(tx, written.checkout)).total.amount
        await checkout.offer_draft(tx, draft_id, total=total, by_mail=True)
    guest = Actor.guest(f"visitor-{new_id()}")
    return draft_id, Basket(guest, written.checkout.cart_id, "", written.checkout.id, total)


async def standing(db: Database, draft_id: UUID) -> DraftState:
    async with db.transaction(STAFF) as tx:
        return (await checkout.draft(tx, draft_id)).state


async def test_what_is_paid_by_the_link_is_an_order_of_the_customer_it_was_written_for(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    ada = await customer(live_db, MAIL)
    draft_id, visitor = await offered(live_db, shop, quantity=2)

    outcomes = await asyncio.gather(*(press_pay(live_db, sandbox, gateway, visitor) for _each in range(3)))

    paid = [outcome for outcome in outcomes if outcome.state is PaymentState.CONFIRMED]
    assert {outcome.order_id for outcome in outcomes} == {paid[0].order_id}
    async with live_db.transaction(STAFF) as tx:
        order = await orders.order(tx, paid[0].order_id)
    assert (order.user_id, order.status) == (ada.id, OrderStatus.CONFIRMED)
    assert await standing(live_db, draft_id) is DraftState.ORDERED
    assert await sellable(live_db, shop.variant_id) == (8, 0, 2)
    assert await events(live_db, "draft.pay_link_sent") == 1
    await assert_books_agree(live_db, sandbox)


async def test_a_link_that_was_withdrawn_or_ran_out_charges_nothing(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    withdrawn, first = await offered(live_db, shop)
    late, second = await offered(live_db, shop)
    async with live_db.transaction(STAFF) as tx:
        secret = (await checkout.draft(tx, withdrawn)).link or ""
        await checkout.withdraw_link(tx, withdrawn)
    with pytest.raises(PayLinkOver):
        await press_pay(live_db, sandbox, gateway, first)
    await move_clock(live_db, days=checkout.LINK_DAYS, minutes=1)
    with pytest.raises(PayLinkOver):
        await press_pay(live_db, sandbox, gateway, second)

    async with live_db.transaction(STAFF) as tx:
        assert await checkout.draft_by_link(tx, secret) is None
    assert (await standing(live_db, withdrawn), await standing(live_db, late)) == ("writing", "link_over")
    assert await statuses(live_db) == []
    await assert_books_agree(live_db, sandbox)


async def test_a_price_that_changed_since_is_told_before_anything_is_charged(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    _draft_id, visitor = await offered(live_db, shop)
    await rename(live_db, shop.variant_id, 2500)

    with pytest.raises(TotalChanged) as refused:
        await press_pay(live_db, sandbox, gateway, visitor)

    assert refused.value.old.amount == visitor.total
    assert await statuses(live_db) == []


async def test_what_staff_change_after_the_link_is_told_too(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    draft_id, visitor = await offered(live_db, shop)
    async with live_db.transaction(STAFF) as tx:
        await checkout.set_draft_lines(tx, draft_id, {shop.variant_id: 3})
        await checkout.deliver_draft(tx, draft_id, method_id=shop.express, notes="By hand")

    with pytest.raises(TotalChanged):
        await press_pay(live_db, sandbox, gateway, visitor)


async def test_the_last_one_is_sold_to_who_pays_first(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db, on_hand=1)
    _draft_id, visitor = await offered(live_db, shop)
    passer_by = await ready(live_db, shop)

    bought = await press_pay(live_db, sandbox, gateway, passer_by)
    with pytest.raises(StockShort):
        await press_pay(live_db, sandbox, gateway, visitor)

    assert bought.state is PaymentState.CONFIRMED
    assert await sellable(live_db, shop.variant_id) == (0, 0, 1)
    await assert_books_agree(live_db, sandbox)


async def test_a_refused_card_leaves_it_open_for_another_and_staff_may_change_it_meanwhile(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    draft_id, visitor = await offered(live_db, shop)
    declined = await press_pay(live_db, sandbox, gateway, visitor, card=CARD_DECLINED)
    while_paying = await standing(live_db, draft_id)

    async with live_db.transaction(STAFF) as tx:
        with pytest.raises(checkout.CheckoutClosed):
            await checkout.set_draft_lines(tx, draft_id, {shop.variant_id: 2})
    await checkout.flows.reopen(live_db, gateway, ANN, visitor.checkout_id)
    paid = await press_pay(live_db, sandbox, gateway, visitor)

    assert declined.state is PaymentState.DECLINED
    assert while_paying is DraftState.PAYING
    assert paid.state is PaymentState.CONFIRMED
    await assert_books_agree(live_db, sandbox)


async def test_staff_order_it_to_be_paid_by_transfer(live_db: Database) -> None:
    shop = await tiny_shop(live_db)
    async with live_db.transaction(STAFF) as tx:
        await store.change(tx, bank_details="IBAN GR16", transfer_days=7)
    draft_id = await a_draft(live_db, shop)
    async with live_db.transaction(STAFF) as tx:
        written = await checkout.draft(tx, draft_id)
        total = (await checkout.quote(tx, written.checkout)).total.amount
        await checkout.agree_draft(tx, draft_id, total=total)

    outcome = await checkout.flows.pay_by_transfer(live_db, ANN, written.checkout.id, key=new_token(), total=total)

    async with live_db.transaction(STAFF) as tx:
        head = await orders.head(tx, outcome.order_id)
    assert outcome.state is PaymentState.AWAITING_TRANSFER
    assert (head.user_id, head.status) == (None, OrderStatus.PENDING)
    assert await standing(live_db, draft_id) is DraftState.ORDERED


async def test_what_is_given_up_holds_nothing_and_keeps_nobodys_address(live_db: Database) -> None:
    shop = await tiny_shop(live_db)
    draft_id = await a_draft(live_db, shop)
    async with live_db.transaction(STAFF) as tx:
        written = await checkout.draft(tx, draft_id)
        await checkout.hold(tx, written.checkout.id)
    held = await sellable(live_db, shop.variant_id)

    async with live_db.transaction(STAFF) as tx:
        await checkout.drop_draft(tx, draft_id)
        dropped = await checkout.draft(tx, draft_id)

    assert (held, await sellable(live_db, shop.variant_id)) == ((10, 1, 0), (10, 0, 0))
    assert (dropped.state, dropped.checkout.email, dropped.checkout.shipping_address) == ("dropped", None, None)


async def test_it_is_not_offered_before_it_is_whole(live_db: Database) -> None:
    shop = await tiny_shop(live_db)
    async with live_db.transaction(STAFF) as tx:
        draft_id = await checkout.begin_draft(tx, email=MAIL)
        with pytest.raises(checkout.DraftIncomplete, match="cannot be paid yet"):
            await checkout.offer_draft(tx, draft_id, total=0, by_mail=False)
        await checkout.add_to_draft(tx, draft_id, shop.variant_id, 1)
        with pytest.raises(checkout.DraftIncomplete):
            await checkout.offer_draft(tx, draft_id, total=2000, by_mail=False)
        with pytest.raises(Invalid):
            await checkout.begin_draft(tx, email="no address")


async def test_a_customer_is_written_to_with_the_first_address_of_his_book(live_db: Database) -> None:
    await tiny_shop(live_db)
    ada = await customer(live_db, MAIL)
    assert ada.id is not None
    async with live_db.transaction(ada) as tx:
        await accounts.save_address(tx, ada.id, Address(**HOME), label="home")

    async with live_db.transaction(STAFF) as tx:
        written = await checkout.draft(tx, await checkout.begin_draft(tx, email="Ada@Example.com"))
        stranger = await checkout.draft(tx, await checkout.begin_draft(tx, email="eve@example.com"))

    assert written.account_id == ada.id
    assert written.checkout.shipping_address is not None
    assert (stranger.account_id, stranger.checkout.shipping_address) == (None, None)
