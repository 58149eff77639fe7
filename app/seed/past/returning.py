"""What came back in the past: a return in each state, so that every queue of the demo has something in it."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

from app.sandbox.stripe_server.history import PastRefund
from app.seed.past.placing import Placed
from app.seed.past.planning import Fate
from domains import accounts, orders, returns
from domains.kit import Actor, Transaction
from domains.returns import Arrived, Asked, RefundLine, ReturnReason, ReturnView

LIMIT = 50_000  # minor units; above it two decide

type Act = Callable[[], Awaitable[object]]
type Sent = Callable[[UUID, int, datetime], None]
"""Notes what the gateway has to be told: the refund, its amount as the gateway counts, and when."""


class Ending(StrEnum):
    """How far a return has come; `held_back` is refunded in full, and the refund waits for a second person."""

    REQUESTED = "requested"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    RECEIVED = "received"
    REJECTED = "rejected"
    CLOSED = "closed"
    REFUNDED = "refunded"
    HELD_BACK = "held_back"


_OPEN = (
    Ending.REQUESTED,
    Ending.WITHDRAWN,
    Ending.APPROVED,
    Ending.RECEIVED,
    Ending.REQUESTED,
    Ending.REJECTED,
    Ending.CLOSED,
)
_REASONS = (ReturnReason.DAMAGED, ReturnReason.CHANGED_MIND, ReturnReason.DOES_NOT_FIT, ReturnReason.NOT_AS_DESCRIBED)
_NOTES = (
    "It arrived with a crack along the rim.",
    "Lovely, but larger than I thought.",
    "",
    "The colour is not what the picture shows.",
)


class Desk(msgspec.Struct, frozen=True):
    """Who deals with returns, and where they arrive."""

    manager: Actor
    finance: Actor
    warehouse_id: UUID


async def desk_of(tx: Transaction, warehouse_id: UUID) -> Desk:
    """The staff of the demo who deal with returns."""
    by_role = {member.role: member.id for member in await accounts.staff_members(tx)}
    return Desk(Actor.staff(by_role["manager"], "manager"), Actor.staff(by_role["finance"], "finance"), warehouse_id)


def endings(placed: Sequence[Placed]) -> dict[UUID, Ending]:
    """Which of the orders come back and how far: those that were refunded, and of the others the last to arrive."""
    arrived = sorted(
        (each for each in placed if each.order.fate is Fate.DELIVERED and each.order.delivered_at is not None),
        key=lambda each: each.order.delivered_at or each.order.at,
        reverse=True,
    )
    found = dict(zip((each.order_id for each in arrived), _OPEN, strict=False))
    found |= {each.order_id: Ending.REFUNDED for each in placed if each.order.fate is Fate.REFUNDED}
    dear = next((each for each in arrived if each.payment.amount > LIMIT and each.order_id not in found), None)
    return found | ({dear.order_id: Ending.HELD_BACK} if dear is not None else {})


def coming_back(
    tx: Transaction, placed: Placed, ending: Ending, desk: Desk, now: datetime, sent: Sent
) -> Iterator[tuple[datetime, Act]]:
    """The steps of one return, between its order's arrival and now."""
    began = placed.order.delivered_at
    assert began is not None
    life = _Return(tx, placed, ending, desk, sent)
    span = min(now - began, timedelta(days=6))
    yield began + span * 0.2, life.ask
    if ending in (Ending.REQUESTED, Ending.WITHDRAWN):
        return
    yield began + span * 0.4, life.decide
    if ending in (Ending.APPROVED, Ending.REJECTED):
        return
    if ending is Ending.CLOSED:
        yield began + span * 0.8, life.close
        return
    yield began + span * 0.7, life.receive
    if ending is not Ending.RECEIVED:
        yield began + span * 0.8, life.refund


class _Return:
    def __init__(self, tx: Transaction, placed: Placed, ending: Ending, desk: Desk, sent: Sent) -> None:
        self._tx, self._placed, self._ending, self._desk, self._sent = tx, placed, ending, desk, sent
        self._made: ReturnView | None = None
        self._dice = placed.order_id.int

    def _as(self, actor: Actor) -> Transaction:
        return Transaction(self._tx.session, actor, self._tx.trace_id)

    @property
    def _back(self) -> ReturnView:
        assert self._made is not None
        return self._made

    async def ask(self) -> None:
        account = self._placed.account_id
        tx = self._as(Actor.guest() if account is None else Actor.customer(account))
        if self._ending is Ending.WITHDRAWN:
            self._made = await returns.withdraw(tx, order_id=self._placed.order_id)
            return
        order = await orders.order(tx, self._placed.order_id)
        dearest = max(order.lines, key=lambda line: line.line_total.amount)
        lines = order.lines if self._ending is Ending.HELD_BACK else (dearest,)
        choice = self._dice % len(_REASONS)
        self._made = await returns.request(
            tx,
            order_id=order.id,
            lines=[Asked(line.id, line.quantity, _REASONS[choice]) for line in lines],
            key="past",
            note=_NOTES[choice],
        )

    async def decide(self) -> None:
        tx = self._as(self._desk.manager)
        if self._ending is Ending.REJECTED:
            await returns.reject(tx, self._back.id, answer="It has been used, so we cannot sell it again.")
        else:
            await returns.approve(tx, self._back.id)

    async def close(self) -> None:
        await returns.close(self._as(self._desk.manager), self._back.id, answer="Nothing has arrived for weeks.")

    async def receive(self) -> None:
        broken = self._back.lines[0].reason is ReturnReason.DAMAGED
        items = [
            Arrived(line.order_line_id, 0 if broken else line.quantity, line.quantity if broken else 0)
            for line in self._back.lines
        ]
        await returns.receive(
            self._as(self._desk.manager), self._back.id, items=items, warehouse_id=self._desk.warehouse_id
        )

    async def refund(self) -> None:
        tx = self._as(self._desk.finance)
        given = await returns.refund_lines(
            tx,
            order_id=self._placed.order_id,
            lines=[RefundLine(line.order_line_id, line.quantity) for line in self._back.lines],
            reason="returned",
            key="past",
            return_id=self._back.id,
        )
        if given.payment_refund_id is not None:
            self._sent(given.payment_refund_id, self._placed.in_units(given.amount), await tx.now())


def noted(refunds: list[tuple[str, PastRefund]], intent_id: str) -> Sent:
    """Keeps what the gateway is told of the refunds of this payment."""
    return lambda refund_id, amount, at: refunds.append((intent_id, PastRefund(refund_id, amount, at)))
