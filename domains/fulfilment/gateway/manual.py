"""The carrier of whom only staff know: they type the number and tell what they hear."""

from collections.abc import Mapping, Sequence

from domains.fulfilment.errors import CarrierRefused, NoticeUnsigned
from domains.fulfilment.gateway.protocol import Followed
from domains.fulfilment.views import CarrierEvent, Label, LabelRequest


class ManualCarrier:
    """Makes no labels, tells nothing, and takes no notices."""

    makes_labels = False

    async def label(self, request: LabelRequest) -> Label:
        raise CarrierRefused

    async def events(self, parcels: Sequence[Followed]) -> list[CarrierEvent]:
        return []

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> list[CarrierEvent]:
        raise NoticeUnsigned
