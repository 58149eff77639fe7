"""What must hold in the shop at any time, each as one query that returns no row.

Numbers and words are those of the packages that keep them. Those marked `only_at_rest` may be broken for a moment
while something is under way; all others hold in every snapshot, under load too.
"""

from domains.desk.invariants.audit import AUDIT
from domains.desk.invariants.events import EVENTS
from domains.desk.invariants.fulfilment import FULFILMENT
from domains.desk.invariants.money import MONEY
from domains.desk.invariants.orders import ORDERS
from domains.desk.invariants.papers import PAPERS
from domains.desk.invariants.returns import RETURNS
from domains.desk.invariants.reviews import REVIEWS
from domains.desk.invariants.shape import Invariant
from domains.desk.invariants.stock import STOCK

NOT_BUILT = (
    Invariant("I18", "gift cards are worth what their history says", None),
    Invariant("I19", "promotions are used no more often than allowed", None),
    Invariant("I31", "an erased person is in the statutory records alone", None),
)

INVARIANTS: tuple[Invariant, ...] = tuple(
    sorted(
        (*STOCK, *MONEY, *ORDERS, *EVENTS, *FULFILMENT, *RETURNS, *REVIEWS, *AUDIT, *PAPERS, *NOT_BUILT),
        key=lambda invariant: invariant.id,
    )
)

__all__ = ["INVARIANTS", "Invariant"]
