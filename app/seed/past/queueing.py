"""What the warehouse is at when the demo opens: some of what was paid lately is picked, packed, or cannot go on."""

from domains import fulfilment
from domains.fulfilment import HoldReason, ParcelDraft, Queue, TrackingKind
from domains.kit import Transaction
from domains.kit.listing import Asked

_SIMULATED = "simulated-post"
_FOLLOWED = 6  # parcels of which something is known


async def fill_queues(tx: Transaction) -> None:
    """Of the shipments that wait to be picked, in turn: one is fetched, one packed, one stays; and one is held."""
    waiting = (await fulfilment.queue(tx, Asked(choices={"queue": (Queue.PICK,)}, limit=200))).rows
    for turn, shipment in enumerate(waiting):
        if turn == 0 and len(waiting) > 3:
            await fulfilment.hold(tx, shipment.id, reason=HoldReason.MISSING, note="Shelf is empty, count it")
        elif turn % 3 == 1:
            await fulfilment.pick(tx, shipment.id)
        elif turn % 3 == 2:
            view = await fulfilment.pick(tx, shipment.id)
            parcels = () if view.is_pick_up else (ParcelDraft(_SIMULATED, weight_grams=900),)
            await fulfilment.pack(
                tx, shipment.id, parcels=parcels, counts={line.id: line.quantity for line in view.lines}
            )
    sent = (await fulfilment.queue(tx, Asked(choices={"queue": (Queue.SENT,)}, limit=_FOLLOWED))).rows
    for shipment in sent:
        for parcel in (await fulfilment.shipment(tx, shipment.id)).parcels:
            await fulfilment.tell_by_hand(tx, parcel.id, kind=TrackingKind.IN_TRANSIT, place="Sacramento, California")
