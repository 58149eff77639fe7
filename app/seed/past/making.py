"""The past made true: each order through the operations that a real one goes through, at its own moment.

The database's clock is set to each moment in turn. Orders are placed first, then the gateway sandbox is told of their
payments, then everything else happens in the order of time.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

import msgspec

from app.sandbox.stripe_server.history import PastPayment, PastRefund, Planted
from app.seed.delivery import PAST_CARRIER
from app.seed.goods import Shelved
from app.seed.past.people import Person
from app.seed.past.placing import Counter, Placed
from app.seed.past.planning import DAYS, Fate, PastOrder, plan
from app.seed.past.queueing import fill_queues
from app.seed.past.returning import coming_back, desk_of, endings, noted
from app.seed.past.reviewing import Said, write_opinions
from domains import accounts, catalog, fulfilment, inventory, orders, payments, reviews
from domains.catalog import VariantView
from domains.inventory import Arrival, Reason
from domains.kit import Transaction
from domains.kit.clock import shift
from domains.orders import CancelReason
from domains.payments.gateway import read_intent, read_refund
from domains.reviews import Buyer, ReviewDraft

_PAYS_IN = timedelta(seconds=40)
_GIVES_UP_IN = timedelta(minutes=17)
_CARRIERS_PREFIX = "1Z 4M7 03"

type Act = Callable[[], Awaitable[object]]


class Gateway(msgspec.Struct, frozen=True):
    """Where payments of the past are put down; see `app.sandbox.stripe_server.history`."""

    plant: Callable[[list[PastPayment]], list[Planted]]
    plant_refunds: Callable[[list[tuple[str, PastRefund]]], list[dict[str, object]]]


class History(msgspec.Struct, frozen=True):
    """How much there is of a past, and the gateway that remembers it too."""

    orders: int
    gateway: Gateway


async def make_history(tx: Transaction, history: History, shelved: Mapping[str, Shelved], warehouse_id: UUID) -> None:
    """Make so many orders of the last 90 days, with their payments, parcels, returns and reviews.

    What they take was received before, so that the shelves end as they were found.
    """
    now = await tx.now()
    found = await catalog.variants_of(tx, [each.product_id for each in shelved.values()])
    variants = {variant.sku: variant for of_product in found.values() for variant in of_product}
    past = plan(history.orders, now, {sku: each.since for sku, each in shelved.items()})
    clock = _Clock(tx, now)
    await clock.to(now - timedelta(days=DAYS + 1))
    await _stock_up(tx, past, variants, warehouse_id)
    people = await _accounts(tx, clock, past)
    counter = Counter(variants, people)
    placed = []
    for order in past:
        await clock.to(order.at)
        placed.append(await counter.place(tx, order))
    told = history.gateway.plant([each.payment for each in placed])
    life = _Life(tx)
    steps = [step for each, planted in zip(placed, told, strict=True) for step in life.of(each, planted)]
    steps += [(said.at, _writing(tx, said)) for said in write_opinions(placed)]
    desk, back = await desk_of(tx, warehouse_id), endings(placed)
    for each, planted in zip(placed, told, strict=True):
        if each.order_id in back:
            sent = noted(life.refunds, planted.intent_id)
            steps += coming_back(tx, each, back[each.order_id], desk, now, sent)
    for at, act in sorted(steps, key=lambda step: step[0]):
        await clock.to(at)
        await act()
    for body in history.gateway.plant_refunds(life.refunds):
        refund = read_refund(body)
        await clock.to(refund.created)
        await payments.observe_refund(tx, refund)
    await clock.to(now)
    await fill_queues(tx)


class _Clock:
    def __init__(self, tx: Transaction, now: datetime) -> None:
        self._tx, self._now = tx, now

    async def to(self, moment: datetime) -> None:
        await shift(self._tx, moment - self._now)


class _Life:
    """What becomes of a placed order; `refunds` are those that the gateway has to be told of."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self.refunds: list[tuple[str, PastRefund]] = []

    def of(self, placed: Placed, told: Planted) -> Iterator[tuple[datetime, Act]]:
        order = placed.order
        paid_at = order.at + _PAYS_IN
        if order.fate is Fate.UNPAID:
            yield order.at + _GIVES_UP_IN, self._give_up(placed, told)
            return
        yield paid_at, self._pay(placed, told)
        if order.fate is Fate.CANCELLED:
            yield paid_at + timedelta(hours=2), self._cancel(placed, told, paid_at + timedelta(hours=2))
        if order.shipped_at is not None:
            yield order.shipped_at, self._ship(placed)
        if order.delivered_at is not None:
            yield order.delivered_at, self._deliver(placed)

    def _pay(self, placed: Placed, told: Planted) -> Act:
        async def act() -> None:
            tx, intent = self._tx, read_intent(told.intent)
            held = {"status": "requires_capture", "amount_capturable": intent.amount, "amount_received": 0}
            attempt_id = placed.payment.attempt_id
            await payments.record(tx, attempt_id, msgspec.structs.replace(intent, **held), livemode=False)
            capture = await payments.request_capture(tx, placed.payment.payment_id)
            await payments.record_capture(tx, capture.id, intent, livemode=False)
            await orders.confirm(tx, placed.order_id, cause=f"past:{placed.order_id}")
            await inventory.consume(tx, order_id=placed.order_id, cause=f"past:{placed.order_id}")
            await fulfilment.allocate(tx, placed.order_id)

        return act

    def _give_up(self, placed: Placed, told: Planted) -> Act:
        async def act() -> None:
            attempt_id = placed.payment.attempt_id
            await payments.record(self._tx, attempt_id, read_intent(told.intent), livemode=False)
            await orders.cancel(self._tx, placed.order_id, reason=CancelReason.EXPIRED)
            await inventory.release(self._tx, order_id=placed.order_id)

        return act

    def _cancel(self, placed: Placed, told: Planted, at: datetime) -> Act:
        async def act() -> None:
            await fulfilment.call_off(self._tx, placed.order_id)
            refund_id = await orders.cancel(self._tx, placed.order_id, reason=CancelReason.STAFF)
            await inventory.release(self._tx, order_id=placed.order_id)
            if refund_id is not None:
                self.refunds.append((told.intent_id, PastRefund(refund_id, placed.payment.amount, at)))

        return act

    def _ship(self, placed: Placed) -> Act:
        digits = f"{placed.order_id.int % 10**10:010}"
        number = f"{_CARRIERS_PREFIX}{digits[0]} {digits[1:3]} {digits[3:7]} {digits[7:]}0"
        return lambda: fulfilment.send_whole(self._tx, placed.order_id, tracking_number=number, carrier=PAST_CARRIER)

    def _deliver(self, placed: Placed) -> Act:
        return lambda: fulfilment.deliver_whole(self._tx, placed.order_id)


def _writing(tx: Transaction, said: Said) -> Act:
    async def act() -> None:
        placed = said.placed
        tokens = () if placed.account_id else (await orders.open_access(tx, placed.order_id),)
        written = await reviews.write(
            tx,
            number=placed.number,
            product_id=said.product_id,
            buyer=Buyer(placed.account_id, tokens),
            draft=ReviewDraft(said.stars, said.name, said.title, said.body),
        )
        if said.reply:
            await reviews.reply(tx, written.id, said.reply)

    return act


async def _stock_up(
    tx: Transaction, past: list[PastOrder], variants: Mapping[str, VariantView], warehouse_id: UUID
) -> None:
    wanted: dict[UUID, int] = {}
    for order in past:
        for bought in order.bought:
            variant_id = variants[bought.variant.sku].variant_id
            wanted[variant_id] = wanted.get(variant_id, 0) + bought.quantity
    if wanted:
        await inventory.receive_all(tx, [Arrival(warehouse_id, wanted)], reason=Reason.RECEIVED, reference="past")


async def _accounts(tx: Transaction, clock: _Clock, past: list[PastOrder]) -> dict[str, UUID]:
    """An account for each buyer who has one, made just before his first order; nobody can log in with it."""
    made: dict[str, UUID] = {}
    for person, theirs in groupby(sorted(past, key=lambda order: (order.person.email, order.at)), lambda o: o.person):
        if not person.has_account:
            continue
        await clock.to(next(theirs).at - timedelta(minutes=6))
        made[person.email] = await _account(tx, person)
    return made


async def _account(tx: Transaction, person: Person) -> UUID:
    found = await accounts.credentials(tx, person.email)
    if found is not None:
        return found.account_id
    account_id = await accounts.register(
        tx,
        email=person.email,
        password_hash=accounts.NOBODY,
        first_name=person.first_name,
        last_name=person.last_name,
    )
    if account_id is None:
        raise LookupError(person.email)
    await accounts.verify_email(tx, await accounts.issue_token(tx, account_id, "verify_email"))
    await accounts.save_address(tx, account_id, person.address, is_default=True)
    return account_id
