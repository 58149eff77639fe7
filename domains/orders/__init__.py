"""Orders: what was sold, to whom, for how much, and how far it has come.

Owns: orders with their lines and taxes as they were when placed, their numbers, and the links to their pages.

Words: an order is *placed* (`pending`), *confirmed* when its money was taken, then *shipped* and *delivered*; or it is
*cancelled*. A *snapshot* is a value kept as it was: later edits of a product or an address change no order. A *link*
carries a token that opens one order's page without a log-in.

Invariants (`shop doctor`): I05 a paid order took what it ordered and a dead one holds nothing, I08 captures equal the
total of each confirmed order, I09 one currency, I12 and I13 nothing taken or held for a dead order, I15 lines and
totals add up, I20 events replay to the rows, I21 one cause acts once, I25 one live order per cart and per checkout.
"""

from domains.orders.errors import (
    NotPaid,
    NumbersExhausted,
    OrderNotFound,
    TrackingNumberNeeded,
    TransitionRefused,
)
from domains.orders.events import (
    OrderCancelled,
    OrderClaimed,
    OrderConfirmed,
    OrderCreated,
    OrderDelivered,
    OrderedItem,
    OrderShipped,
)
from domains.orders.names import index_names, name_words, recipient_of, words_to_find
from domains.orders.operations import (
    ACCESS_DAYS,
    cancel,
    claim,
    confirm,
    deliver,
    find_guest,
    matching,
    open_access,
    place,
    put_again,
    ship,
    sweep_access,
)
from domains.orders.queries import (
    OrderWithFiles,
    EVERY_ORDER,
    MOST_LINKS,
    again,
    by_access,
    cancellable,
    head,
    history,
    lock,
    number_of,
    order,
    unpaid_of_closed,
    visible,
    with_files,
)
from domains.orders.replay import replay, replayed, state_of
from domains.orders.states import TRANSITIONS, CancelReason, DisplayStatus, OrderStatus, display_status
from domains.orders.subscribers import SUBSCRIBERS
from domains.orders.tracking import tracking_url
from domains.orders.views import (
    Again,
    AgainLine,
    DraftLine,
    DraftTax,
    OrderDraft,
    OrderFilter,
    OrderHead,
    OrderLineView,
    OrderPage,
    OrderState,
    OrderSummary,
    OrderTaxView,
    OrderView,
    PlacedOrder,
    SummaryLine,
)

__all__ = [
    "OrderWithFiles",
    "with_files",
    "ACCESS_DAYS",
    "EVERY_ORDER",
    "MOST_LINKS",
    "SUBSCRIBERS",
    "TRANSITIONS",
    "Again",
    "AgainLine",
    "CancelReason",
    "DisplayStatus",
    "DraftLine",
    "DraftTax",
    "NotPaid",
    "NumbersExhausted",
    "OrderCancelled",
    "OrderClaimed",
    "OrderConfirmed",
    "OrderCreated",
    "OrderDelivered",
    "OrderDraft",
    "OrderFilter",
    "OrderHead",
    "OrderLineView",
    "OrderNotFound",
    "OrderPage",
    "OrderShipped",
    "OrderState",
    "OrderStatus",
    "OrderSummary",
    "OrderTaxView",
    "OrderView",
    "OrderedItem",
    "PlacedOrder",
    "SummaryLine",
    "TrackingNumberNeeded",
    "TransitionRefused",
    "again",
    "by_access",
    "cancel",
    "cancellable",
    "claim",
    "confirm",
    "deliver",
    "display_status",
    "find_guest",
    "head",
    "history",
    "lock",
    "matching",
    "index_names",
    "name_words",
    "number_of",
    "open_access",
    "order",
    "place",
    "put_again",
    "recipient_of",
    "replay",
    "replayed",
    "ship",
    "state_of",
    "sweep_access",
    "tracking_url",
    "unpaid_of_closed",
    "visible",
    "words_to_find",
]
