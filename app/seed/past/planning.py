"""What is bought when, by whom, and what comes of it: drawn with dice that fall the same way each time."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from app.seed.catalogue import PRODUCTS, Product, Variant
from app.seed.past.people import Person, people
from app.seed.shop import DETAILS, SHOPPER, SHOPPER_ADDRESS

DAYS = 90
_ZONE = ZoneInfo(DETAILS.time_zone)
# Few buy at night, most in the evening, in the shop's own time.
_HOURS = (1, 1, 0, 0, 0, 1, 2, 3, 5, 6, 7, 8, 9, 8, 7, 6, 6, 7, 8, 10, 11, 9, 6, 3)
_BY_WEEKDAY = (9, 8, 8, 9, 9, 12, 13)
_OF_THE_SHOPPER = 7  # orders


class Fate(StrEnum):
    """How far an order has come."""

    UNPAID = "unpaid"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    REFUNDED = "refunded"
    """Arrived, and a part of the money went back."""


class Bought(msgspec.Struct, frozen=True):
    product: Product
    variant: Variant
    quantity: int


class PastOrder(msgspec.Struct, frozen=True):
    """An order of the past. `shipped_at` and `delivered_at` are None where it never came so far."""

    at: datetime
    person: Person
    bought: tuple[Bought, ...]
    fate: Fate
    is_express: bool
    shipped_at: datetime | None
    delivered_at: datetime | None
    card: str


def plan(count: int, now: datetime, born: dict[str, datetime]) -> list[PastOrder]:
    """So many orders of the last 90 days before `now`, oldest first; of what was there then (`born`, by SKU)."""
    dice = random.Random(20)
    shopper = Person(SHOPPER.first_name, SHOPPER.last_name, SHOPPER.email, SHOPPER_ADDRESS, has_account=True)
    crowd = people(dice, max(8, count * 3 // 5))
    moments = sorted(_moment(dice, now) for _order in range(count))
    of_shopper = set(dice.sample(range(count), min(_OF_THE_SHOPPER, count // 10)))
    orders = []
    for number, at in enumerate(moments):
        person = shopper if number in of_shopper else dice.choice(crowd)
        on_sale = [product for product in PRODUCTS if born[product.sku] < at]
        orders.append(_order(dice, at, now, person, on_sale, is_shoppers=person is shopper))
    return orders


def _moment(dice: random.Random, now: datetime) -> datetime:
    """Some time of the last 90 days, more often lately, at weekends and in the evening."""
    while True:
        age = DAYS * (1 - dice.random() ** 0.75)
        day = (now - timedelta(days=age)).astimezone(_ZONE)
        if dice.random() * max(_BY_WEEKDAY) > _BY_WEEKDAY[day.weekday()]:
            continue
        hour = dice.choices(range(24), _HOURS)[0]
        at = datetime.combine(day.date(), time(hour, dice.randrange(60), dice.randrange(60)), _ZONE).astimezone(UTC)
        if now - timedelta(days=DAYS) < at < now - timedelta(minutes=20):
            return at


def _order(
    dice: random.Random, at: datetime, now: datetime, person: Person, on_sale: Sequence[Product], *, is_shoppers: bool
) -> PastOrder:
    is_express = dice.random() < 0.15
    shipped_at = _weekday_at(at + timedelta(hours=dice.uniform(8, 30)), hour=16)
    delivered_at = _weekday_at(shipped_at + timedelta(days=dice.uniform(1, 2) if is_express else dice.uniform(2, 5)))
    luck = dice.random()
    if luck < 0.03 and not is_shoppers:
        fate = Fate.UNPAID
    elif luck < 0.06:
        fate = Fate.CANCELLED
    elif delivered_at < now - timedelta(hours=2):
        fate = Fate.REFUNDED if luck < 0.09 else Fate.DELIVERED
    else:
        fate = Fate.SHIPPED if shipped_at < now - timedelta(hours=1) else Fate.CONFIRMED
    has_left = fate in (Fate.SHIPPED, Fate.DELIVERED, Fate.REFUNDED)
    return PastOrder(
        at=at,
        person=person,
        bought=_basket(dice, on_sale, is_kept=fate not in (Fate.UNPAID, Fate.CANCELLED)),
        fate=fate,
        is_express=is_express,
        shipped_at=shipped_at if has_left else None,
        delivered_at=delivered_at if has_left and fate is not Fate.SHIPPED else None,
        card=dice.choice(("4242424242424242", "4242424242424242", "4000056655665556")),
    )


def _weekday_at(moment: datetime, *, hour: int | None = None) -> datetime:
    """On a working day from then on, by daylight of the shop."""
    local = moment.astimezone(_ZONE)
    local = local.replace(hour=hour if hour is not None else 10 + local.minute % 8)
    while local.weekday() > 4:
        local += timedelta(days=1)
    return max(local.astimezone(UTC), moment)


def _basket(dice: random.Random, on_sale: Sequence[Product], *, is_kept: bool) -> tuple[Bought, ...]:
    """One to four things; what stands first in the catalogue of its category sells best, dear things sell singly.

    What is not kept goes back on the shelf: it is of what the shelf has, so that what is sold out stays so.
    """
    count = dice.choices((1, 2, 3, 4), (52, 29, 13, 6))[0]
    if not is_kept:
        on_sale = [product for product in on_sale if any(_is_there(variant) for variant in product.variants)]
    weights = [_liking(product) for product in on_sale]
    chosen: dict[str, Product] = {}
    while len(chosen) < min(count, len(on_sale)):
        product = dice.choices(on_sale, weights)[0]
        chosen[product.sku] = product
    return tuple(
        Bought(product, variant, 1 if variant.amount > 6000 else dice.choices((1, 2, 4), (70, 22, 8))[0])
        for product in chosen.values()
        for variant in [dice.choice([each for each in product.variants if is_kept or _is_there(each)])]
    )


def _is_there(variant: Variant) -> bool:
    return variant.portland + variant.rotterdam > 0


def _liking(product: Product) -> float:
    shelf = [each for each in PRODUCTS if each.home == product.home]
    return float((1 + shelf.index(product)) ** -0.7)
