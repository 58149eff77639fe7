"""What the shop asks of a carrier."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from domains.fulfilment.views import CarrierEvent, Label, LabelRequest


class Followed(msgspec.Struct, frozen=True):
    """A parcel under way: its number, since when, and the shop's time now."""

    tracking_number: str
    shipped_at: datetime
    now: datetime


class Carrier(Protocol):
    """A program that speaks with a carrier. It never touches the database; nothing of ours is open while it works."""

    makes_labels: bool

    async def label(self, request: LabelRequest) -> Label:
        """A label for the parcel; the same one again for the same `parcel_id`.

        Raises `CarrierUnavailable` when asking later helps, `CarrierRefused` when it does not.
        """
        ...

    async def events(self, parcels: Sequence[Followed]) -> list[CarrierEvent]:
        """What has happened to these parcels, what was told before too. Raises `CarrierUnavailable`."""
        ...

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> list[CarrierEvent]:
        """What the carrier posts by itself. Raises `NoticeUnsigned` unless its signature fits."""
        ...
