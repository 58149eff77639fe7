"""A return from its events alone: what they add up to must equal the rows (I20)."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from domains.kit import Event, RecordedEvent, Transaction
from domains.kit.events import history
from domains.returns.errors import ReturnNotFound
from domains.returns.events import (
    ReturnApproved,
    ReturnClosed,
    ReturnReceived,
    ReturnRefunded,
    ReturnRejected,
    ReturnReopened,
    ReturnRequested,
)
from domains.returns.queries import return_
from domains.returns.states import ReturnStatus
from domains.returns.views import ReturnState

_STATUS: dict[type[Event], ReturnStatus] = {
    ReturnApproved: ReturnStatus.APPROVED,
    ReturnRejected: ReturnStatus.REJECTED,
    ReturnReceived: ReturnStatus.RECEIVED,
    ReturnRefunded: ReturnStatus.REFUNDED,
    ReturnReopened: ReturnStatus.RECEIVED,
    ReturnClosed: ReturnStatus.CLOSED,
}


def replay(events: Iterable[Event | RecordedEvent]) -> ReturnState:
    """What the events of one return, oldest first, say about it. Raises `ReturnNotFound` for none."""
    state: ReturnState | None = None
    for recorded in events:
        fact = recorded.fact() if isinstance(recorded, RecordedEvent) else recorded
        if isinstance(fact, ReturnRequested):
            state = ReturnState(
                order_id=fact.order_id,
                number=fact.number,
                kind=fact.kind,
                status=ReturnStatus.REQUESTED,
                quantities=tuple(sorted((item.order_line_id, item.quantity) for item in fact.items)),
            )
            continue
        if state is None:
            raise ReturnNotFound
        if isinstance(fact, ReturnReceived):
            came = sorted((item.order_line_id, item.received, item.restocked) for item in fact.items if item.received)
            state = msgspec.structs.replace(state, arrived=tuple(came))
        state = msgspec.structs.replace(state, status=_STATUS.get(type(fact), state.status))
    if state is None:
        raise ReturnNotFound
    return state


async def replayed(tx: Transaction, return_id: UUID) -> ReturnState:
    """The return as its stored events tell it."""
    return replay(await history(tx, "return", return_id))


async def state_of(tx: Transaction, return_id: UUID) -> ReturnState:
    """The return as its rows tell it, in the same shape."""
    view = await return_(tx, return_id)
    return ReturnState(
        order_id=view.order_id,
        number=view.number,
        kind=view.kind,
        status=view.status,
        quantities=tuple(sorted((line.order_line_id, line.quantity) for line in view.lines)),
        arrived=tuple(
            sorted((line.order_line_id, line.received, line.restocked) for line in view.lines if line.received)
        ),
    )
