"""What happens to parcels on their way, told by their carriers or by staff."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from domains.fulfilment.errors import ShipmentNotFound, ShipmentRefused
from domains.fulfilment.events import TrackingUpdated
from domains.fulfilment.operations.sending import deliver
from domains.fulfilment.queries.reading import shipment
from domains.fulfilment.rows import Case, lock
from domains.fulfilment.states import TrackingKind
from domains.fulfilment.views import CarrierEvent
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _

LONGEST_PLACE, LONGEST_WORDS = 100, 500
_AHEAD = timedelta(hours=24)  # a carrier's clock and zone may be wrong, but not by more


async def track(tx: Transaction, carrier: str, events: Sequence[CarrierEvent]) -> int:
    """Put down what a carrier tells of its parcels; returns how much of it was new.

    Told twice, or out of order, it does no harm. Of a number that is no parcel of ours nothing is kept. A shipment
    of which every parcel has arrived is delivered. Emits `shipment.tracking_updated`, `shipment.delivered`.
    """
    fresh = 0
    for event in sorted(events, key=lambda event: (event.tracking_number, event.occurred_at)):
        found = await tx.sql(
            "SELECT p.id, p.shipment_id FROM fulfilment.parcels p JOIN fulfilment.shipments s ON s.id = p.shipment_id"
            " WHERE p.carrier = :carrier AND p.tracking_number = :number"
            " AND s.status IN ('packed', 'shipped', 'delivered') ORDER BY p.created_at DESC LIMIT 1",
            {"carrier": carrier, "number": event.tracking_number},
        )
        row = found.one_or_none()
        if row is not None:
            case = await lock(tx, row.shipment_id)
            fresh += await _told(tx, case, row.id, event)
    return fresh


async def tell_by_hand(
    tx: Transaction, parcel_id: UUID, *, kind: TrackingKind, place: str = "", words: str = ""
) -> None:
    """What staff heard of a parcel, as it happens now. Raises `ShipmentRefused` for one that has not left."""
    if len(place) > LONGEST_PLACE or len(words) > LONGEST_WORDS:
        raise Invalid({"place": _("Use at most {longest} characters.").format(longest=LONGEST_PLACE)})
    row = (
        await tx.sql("SELECT shipment_id, tracking_number FROM fulfilment.parcels WHERE id = :id", {"id": parcel_id})
    ).one_or_none()
    if row is None:
        raise ShipmentNotFound
    case = await lock(tx, row.shipment_id)
    if not case.view.has_left:
        raise ShipmentRefused(case.view.status)
    event = CarrierEvent(
        tracking_number=row.tracking_number or "",
        reference=f"staff:{new_id()}",
        kind=kind,
        occurred_at=await tx.now(),
        place=place,
        words=words,
    )
    await _told(tx, case, parcel_id, event)


async def looked_at(tx: Transaction, parcel_ids: Sequence[UUID]) -> None:
    """The carrier was asked about these now."""
    await tx.sql(
        "UPDATE fulfilment.parcels SET followed_at = kit.now() WHERE id = ANY(CAST(:ids AS uuid[]))",
        {"ids": list(parcel_ids)},
    )


async def _told(tx: Transaction, case: Case, parcel_id: UUID, event: CarrierEvent) -> bool:
    event_id = new_id()
    at = _not_in_the_future(event.occurred_at, await tx.now())
    kept = await tx.sql(
        "INSERT INTO fulfilment.tracking_events (id, parcel_id, reference, kind, place, words, occurred_at)"
        " VALUES (:id, :parcel_id, :reference, :kind, :place, :words, :at)"
        " ON CONFLICT (parcel_id, reference) DO NOTHING RETURNING id",
        {
            "id": event_id,
            "parcel_id": parcel_id,
            "reference": event.reference[:100],
            "kind": event.kind,
            "place": event.place[:LONGEST_PLACE],
            "words": event.words[:LONGEST_WORDS],
            "at": at,
        },
    )
    if kept.first() is None:
        return False
    await record(
        tx,
        TrackingUpdated(case.id, case.order.id, case.order.user_id, parcel_id, event_id, event.kind, at),
    )
    if event.kind is TrackingKind.DELIVERED:
        await _arrived(tx, case, parcel_id)
    return True


async def _arrived(tx: Transaction, case: Case, parcel_id: UUID) -> None:
    await tx.sql(
        "UPDATE fulfilment.parcels SET delivered_at = kit.now() WHERE id = :id AND delivered_at IS NULL",
        {"id": parcel_id},
    )
    now = await shipment(tx, case.id)
    if now.status == "shipped" and all(parcel.delivered_at for parcel in now.parcels):
        await deliver(tx, case.id)


def _not_in_the_future(told: datetime, now: datetime) -> datetime:
    return min(told, now + _AHEAD)
