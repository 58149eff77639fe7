"""Facts about orders that staff write; ids only."""

from typing import ClassVar
from uuid import UUID

from domains.kit import Event


class PayLinkSent(Event, frozen=True):
    """Staff ask for the link of a draft order to be sent to its customer."""

    type: ClassVar[str] = "draft.pay_link_sent"
    stream: ClassVar[str] = "draft"

    draft_id: UUID
