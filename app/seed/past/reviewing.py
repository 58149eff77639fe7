"""Which buyers said something, when, about what: of a third of the products, some days after they arrived."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from app.seed.catalogue import CATEGORIES, PRODUCTS
from app.seed.past.opinions import OPINIONS, REPLIES
from app.seed.past.placing import Placed
from domains import reviews

_EVERY = 3  # of how many products one is reviewed
_MOST = 5  # reviews of one product


class Said(msgspec.Struct, frozen=True):
    """A review to be written at its moment."""

    at: datetime
    placed: Placed
    product_id: UUID
    name: str
    stars: int
    title: str
    body: str
    reply: str


def write_opinions(placed: Sequence[Placed]) -> list[Said]:
    """Reviews of what has arrived by now; nothing is said twice, and nobody says two things of one order."""
    if not placed:
        return []
    dice = random.Random(4)
    left = {shelf: list(words) for shelf, words in OPINIONS.items()}
    latest = max(each.order.delivered_at or each.order.at for each in placed)
    spoken: set[UUID] = set()
    found: list[Said] = []
    for sku, shelf in _reviewed():
        count = 0
        for each in placed:
            at = _when(dice, each, latest)
            if sku not in each.products or at is None or each.order_id in spoken or count == _MOST or not left[shelf]:
                continue
            stars, title, body = left[shelf].pop(0)
            person = each.order.person
            name = reviews.suggested_name(f"{person.first_name} {person.last_name}")
            found.append(Said(at, each, each.products[sku], name, stars, title, body, REPLIES.get(stars, "")))
            spoken.add(each.order_id)
            count += 1
    return found


def _reviewed() -> list[tuple[str, str]]:
    """The SKU of every third product of each shelf, with the shelf's slug; the words are shared between them."""
    top = {category.slug: category.parent or category.slug for category in CATEGORIES}
    shelves: dict[str, list[str]] = {}
    for product in PRODUCTS:
        shelves.setdefault(top[product.home], []).append(product.sku)
    turns = [(place, sku, shelf) for shelf, skus in shelves.items() for place, sku in enumerate(skus[::_EVERY])]
    return [(sku, shelf) for _place, sku, shelf in sorted(turns)]


def _when(dice: random.Random, placed: Placed, latest: datetime) -> datetime | None:
    arrived = placed.order.delivered_at
    if arrived is None:
        return None
    at = arrived + timedelta(days=dice.uniform(2, 12))
    return at if at < latest else None
