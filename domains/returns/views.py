"""Returns and refunds as others read them."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from domains.kit import Money
from domains.payments import RefundState
from domains.returns.states import OPEN, RefundStatus, ReturnKind, ReturnReason, ReturnStatus


class Asked(msgspec.Struct, frozen=True):
    """What of a line somebody wants to send back, and why."""

    order_line_id: UUID
    quantity: int
    reason: ReturnReason = ReturnReason.NONE


class Arrived(msgspec.Struct, frozen=True):
    """What of a line came back: so many go on the shelf again, so many are scrapped."""

    order_line_id: UUID
    restocked: int
    scrapped: int = 0


class RefundLine(msgspec.Struct, frozen=True):
    """So many pieces of a line to refund; `restock` puts them on the shelf with it."""

    order_line_id: UUID
    quantity: int
    restock: bool = False


class ReturnLineView(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a return: `quantity` was announced, `received` came, `restocked` of that is on the shelf again."""

    order_line_id: UUID
    variant_id: UUID
    name: str
    options: str
    sku: str
    quantity: int
    reason: ReturnReason
    received: int
    restocked: int

    @property
    def scrapped(self) -> int:
        return self.received - self.restocked


class ReturnView(msgspec.Struct, frozen=True, kw_only=True):
    """A return with its lines; `ends_order` says that approving it calls off an order that has not arrived."""

    id: UUID
    order_id: UUID
    number: str
    kind: ReturnKind
    status: ReturnStatus
    note: str | None
    answer: str
    requested_by: str
    requested_by_id: UUID | None
    warehouse_id: UUID | None
    lines: tuple[ReturnLineView, ...]
    ends_order: bool
    created_at: datetime
    decided_at: datetime | None
    received_at: datetime | None
    ended_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)


class RefundLineView(msgspec.Struct, frozen=True, kw_only=True):
    order_line_id: UUID
    variant_id: UUID
    name: str
    options: str
    quantity: int
    amount: Money
    restock: bool


class RefundView(msgspec.Struct, frozen=True, kw_only=True):
    """A refund that staff gave or want to give. `state` is how it went once given: the word of `payments`."""

    id: UUID
    order_id: UUID
    payment_id: UUID
    return_id: UUID | None
    payment_refund_id: UUID | None
    status: RefundStatus
    state: RefundState | None
    ends_order: bool
    amount: Money
    goods: Money
    shipping: Money
    adjustment: int
    reason: str
    lines: tuple[RefundLineView, ...]
    requested_by: str
    requested_by_id: UUID | None
    decided_by_id: UUID | None
    decision_note: str
    created_at: datetime
    decided_at: datetime | None

    @property
    def is_alive(self) -> bool:
        """Whether its money is on its way, gone, or set aside until a second person decides."""
        return self.status is not RefundStatus.REFUSED and self.state is not RefundState.FAILED


class RefundableLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line and what of it can still be refunded or returned.

    `returning` is announced, `returned` came back, `kept` stays with the customer though its money goes back;
    `amount_left` is for all the pieces whose money has not gone back.
    """

    order_line_id: UUID
    variant_id: UUID
    name: str
    options: str
    sku: str
    ordered: int
    shipped: int
    returning: int
    returned: int
    kept: int
    refunded: int
    paid: Money
    amount_left: Money

    @property
    def left(self) -> int:
        """Pieces whose money has not gone back."""
        return self.ordered - self.refunded

    @property
    def returnable(self) -> int:
        """Pieces that the customer has, that are paid for and not on their way back."""
        return max(0, self.shipped - self.returning - self.returned - self.kept)


class Refundable(msgspec.Struct, frozen=True, kw_only=True):
    """What can still go back of an order: by line, of its delivery, and in all.

    `waiting` is set aside for refunds that a second person has to decide on.
    """

    order_id: UUID
    payment_id: UUID | None
    currency: str
    captured: Money
    left: Money
    waiting: Money
    shipping: Money
    shipping_left: Money
    lines: tuple[RefundableLine, ...]


class Amounts(msgspec.Struct, frozen=True):
    """What a refund comes to: by line as asked, for all goods, with delivery and adjustment."""

    lines: tuple[int, ...]
    goods: Money
    total: Money


class Window(msgspec.Struct, frozen=True):
    """How long an order can be returned: `until` and with that day; None while it has not arrived.

    `is_open` says whether a customer may ask now.
    """

    until: date | None
    is_open: bool
    is_extended: bool


class ReturnState(msgspec.Struct, frozen=True):
    """What the events of a return add up to; equals its rows (I20)."""

    order_id: UUID
    number: str
    kind: str
    status: ReturnStatus
    quantities: tuple[tuple[UUID, int], ...]
    arrived: tuple[tuple[UUID, int, int], ...] = ()
