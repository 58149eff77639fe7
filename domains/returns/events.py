"""Facts of returns: ids and plain values. Amounts are minor units of `currency`."""

from typing import ClassVar
from uuid import UUID

import msgspec

from domains.kit import Event


class ReturnedItem(msgspec.Struct, frozen=True):
    """So many pieces of a line of the order."""

    order_line_id: UUID
    quantity: int


class ReceivedItem(msgspec.Struct, frozen=True):
    """What came of a line, and how much of that is on the shelf again."""

    order_line_id: UUID
    received: int
    restocked: int


class ReturnRequested(Event, frozen=True):
    """Somebody wants to send something back; `kind` is `return` or `withdrawal`."""

    type: ClassVar[str] = "return.requested"
    stream: ClassVar[str] = "return"

    return_id: UUID
    order_id: UUID
    number: str
    kind: str
    items: tuple[ReturnedItem, ...]


class WithdrawalReceived(Event, frozen=True):
    """A customer withdrew from the contract; beside `return.requested`, because he is owed a receipt with the time."""

    type: ClassVar[str] = "return.withdrawal_received"
    stream: ClassVar[str] = "return"

    return_id: UUID
    order_id: UUID


class ReturnApproved(Event, frozen=True):
    """The customer may send it back."""

    type: ClassVar[str] = "return.approved"
    stream: ClassVar[str] = "return"

    return_id: UUID
    order_id: UUID


class ReturnRejected(Event, frozen=True):
    """It will not be taken back; the customer is told why."""

    type: ClassVar[str] = "return.rejected"
    stream: ClassVar[str] = "return"

    return_id: UUID
    order_id: UUID


class ReturnReceived(Event, frozen=True):
    """It has arrived and was looked at."""

    type: ClassVar[str] = "return.received"
    stream: ClassVar[str] = "return"

    return_id: UUID
    order_id: UUID
    warehouse_id: UUID
    items: tuple[ReceivedItem, ...]


class ReturnRefunded(Event, frozen=True):
    """Its money was put down to go back; `refund_id` is the refund of the payment."""

    type: ClassVar[str] = "return.refunded"
    stream: ClassVar[str] = "return"

    return_id: UUID
    order_id: UUID
    refund_id: UUID
    amount: int
    currency: str


class ReturnReopened(Event, frozen=True):
    """Its refund came to nothing at the payment service; the money is still to go back."""

    type: ClassVar[str] = "return.reopened"
    stream: ClassVar[str] = "return"

    return_id: UUID
    order_id: UUID


class ReturnClosed(Event, frozen=True):
    """It ended without a refund."""

    type: ClassVar[str] = "return.closed"
    stream: ClassVar[str] = "return"

    return_id: UUID
    order_id: UUID
