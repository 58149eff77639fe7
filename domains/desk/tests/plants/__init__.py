"""One way, or several, to break each invariant of a sound shop and no other.

What the database itself would refuse is done with its guards down: a doctor who is only asked about what cannot happen
has nothing to say. Everything is done inside a transaction that the test rolls back.
"""

from domains.desk.tests.plants import audit, events, fulfilment, money, orders, papers, returns, reviews, stock
from domains.desk.tests.plants.planting import PLANTS, Plant

__all__ = [
    "PLANTS",
    "Plant",
    "audit",
    "events",
    "fulfilment",
    "money",
    "orders",
    "papers",
    "returns",
    "reviews",
    "stock",
]
