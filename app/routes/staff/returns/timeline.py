"""The story of a return, as its page tells it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains.kit.i18n import gettext as _
from domains.returns import Case, RefundView, ReturnStatus, ReturnView


class Happened(msgspec.Struct, frozen=True):
    """An entry of the timeline."""

    at: datetime
    text: str
    by: str = ""
    note: str = ""
    kind: str = "event"
    tone: str = ""
    href: str = ""


def happened(
    found: Case, back: ReturnView, refunds: list[RefundView], told: list[Any], names: dict[UUID, str]
) -> list[Happened]:
    """The story of a return, the newest first."""
    by = {entry.action: names.get(entry.actor_id, "") for entry in reversed(told)}
    arrived = sum(line.received for line in back.lines)
    shelved = sum(line.restocked for line in back.lines)
    entries = [Happened(back.created_at, _("Asked for"), by=by.get("return.requested", ""), note=back.note or "")]
    if back.decided_at is not None:
        rejected = back.status is ReturnStatus.REJECTED
        entries.append(
            Happened(
                back.decided_at,
                _("Rejected") if rejected else _("Approved"),
                by=by.get("return.rejected" if rejected else "return.approved", ""),
                note=back.answer if back.status is not ReturnStatus.CLOSED else "",
                tone="bad" if rejected else "",
            )
        )
    if back.received_at is not None:
        words = _("{arrived} arrived, {shelved} went on the shelf").format(arrived=arrived, shelved=shelved)
        entries.append(Happened(back.received_at, words, by=by.get("return.received", ""), kind="parcel"))
    if back.status is ReturnStatus.CLOSED and back.ended_at is not None:
        entries.append(
            Happened(back.ended_at, _("Closed without a refund"), by=by.get("return.closed", ""), note=back.answer)
        )
    entries += [
        Happened(
            each.created_at,
            _("Refund asked for") if each.payment_refund_id is None else _("Refund given"),
            by=names.get(each.requested_by_id, "") if each.requested_by_id else "",
            note=each.reason,
            kind="money",
        )
        for each in refunds
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)
