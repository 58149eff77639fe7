"""A shop for tests."""

from typing import Any

import msgspec

from domains.store import ShopDetails

_MEANDER = ShopDetails(
    name="Meander",
    legal_name="Meander Goods LLC",
    address=("12 Pine St", "Portland, OR 97201"),
    country="US",
    currency="USD",
    time_zone="America/Los_Angeles",
    prices_include_tax=False,
    sender_email="hello@meander.example",
    alerts_email="orders@meander.example",
    countries=("US", "DE"),
)


def details(**changes: Any) -> ShopDetails:
    """What a merchant would enter, with `changes`."""
    return msgspec.structs.replace(_MEANDER, **changes)
