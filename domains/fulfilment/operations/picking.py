"""Fetching things from the shelves, and counting them into parcels."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from domains.fulfilment.errors import (
    CarrierUnknown,
    CountsDiffer,
    NothingChosen,
    NotInShipment,
    ShipmentNotFound,
    ShipmentRefused,
    TrackingTaken,
)
from domains.fulfilment.events import PickingBegun, PickingPutBack, ShipmentPacked, ShipmentPicked
from domains.fulfilment.operations.allocating import all_picked
from domains.fulfilment.queries.reading import carriers, shipment
from domains.fulfilment.rows import Case, in_lock_order, lock_to_work, move, require
from domains.fulfilment.states import ShipmentStatus
from domains.fulfilment.views import CarrierView, ParcelDraft, ShipmentLine, ShipmentView
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _

LONGEST_TRACKING_NUMBER = 100
MOST_PARCELS = 20
HEAVIEST = 1_000_000  # grams


async def begin_picking(tx: Transaction, shipment_ids: Collection[UUID]) -> int:
    """Somebody goes and fetches these: `allocated` → `picking`. Those that are not to be picked are left as they are.

    Returns how many. Emits `shipment.picking_begun` for each.
    """
    begun = 0
    for shipment_id in await in_lock_order(tx, shipment_ids):
        case = await lock_to_work(tx, shipment_id)
        if case.view.status is ShipmentStatus.ALLOCATED:
            await _begin(tx, case)
            begun += 1
    return begun


async def pick(tx: Transaction, shipment_id: UUID, counts: Mapping[UUID, int] | None = None) -> ShipmentView:
    """Say how many of each line (by its id) are fetched; without `counts` all of them are.

    Begins the picking if nobody has. Emits `shipment.picked` once all is there. Raises `NothingChosen` for a number
    that cannot be, `ShipmentRefused` for a shipment that is not to be picked.
    """
    case = await _picking(tx, shipment_id)
    wanted = {line.id: line.quantity for line in case.view.lines} if counts is None else dict(counts)
    known = {line.id: line for line in case.view.lines}
    if not wanted or any(
        line_id not in known or not 0 <= quantity <= known[line_id].quantity for line_id, quantity in wanted.items()
    ):
        raise NothingChosen
    for line_id, quantity in wanted.items():
        await _picked(tx, line_id, quantity)
    return await _after_picking(tx, case)


async def pick_all(tx: Transaction, shipment_ids: Collection[UUID]) -> int:
    """All of these are fetched; those that are not to be picked are left as they are. Returns how many."""
    done = 0
    for shipment_id in await in_lock_order(tx, shipment_ids):
        view = await shipment(tx, shipment_id)
        if _is_to_pick(view):
            try:
                await pick(tx, shipment_id)
            except ShipmentRefused:
                continue  # somebody was faster
            done += 1
    return done


async def scan(tx: Transaction, shipment_id: UUID, code: str) -> ShipmentLine:
    """One piece more, by its SKU: fetched while it is picked, counted into its parcel once all is picked.

    Answers the line as it now is. Raises `NotInShipment` for what is not in it or is complete.
    """
    code = code.strip()
    case = await _picking(tx, shipment_id, also_picked=True)
    column = "packed" if case.view.is_picked else "picked"
    counted = (
        await tx.sql(
            f"UPDATE fulfilment.shipment_lines SET {column} = {column} + 1 WHERE id = ("
            " SELECT id FROM fulfilment.shipment_lines WHERE shipment_id = :id AND upper(sku) = upper(:code)"
            f" AND {column} < quantity LIMIT 1) RETURNING id",
            {"id": shipment_id, "code": code},
        )
    ).scalar_one_or_none()
    if counted is None:
        raise NotInShipment(code)
    view = await _after_picking(tx, case)
    return next(line for line in view.lines if line.id == counted)


async def put_back(tx: Transaction, shipment_id: UUID) -> None:
    """What was fetched lies on the shelf again: `picking` → `allocated`. Emits `shipment.put_back`."""
    case = await lock_to_work(tx, shipment_id)
    require(case, ShipmentStatus.PICKING)
    await move(tx, case, ShipmentStatus.ALLOCATED, ", picked_at = NULL")
    await tx.sql("UPDATE fulfilment.shipment_lines SET picked = 0, packed = 0 WHERE shipment_id = :id", {"id": case.id})
    await record(tx, PickingPutBack(case.id, case.order.id))


async def pack(
    tx: Transaction,
    shipment_id: UUID,
    *,
    parcels: Sequence[ParcelDraft] = (),
    counts: Mapping[UUID, int] | None = None,
) -> ShipmentView:
    """It is in its parcels: `picking` → `packed`. What was counted (by the lines' ids) must be what was ordered.

    Without `counts` what `scan` has counted is meant. Parcels of a carrier that makes labels are put down to get one.
    What is picked up needs no parcel. Emits `shipment.packed`. Raises `CountsDiffer` with the lines that are wrong,
    `ShipmentRefused` before all is picked, `CarrierUnknown`, `TrackingTaken`, `Invalid`.
    """
    case = await lock_to_work(tx, shipment_id)
    require(case, ShipmentStatus.PICKING)
    if not case.view.is_picked:
        raise ShipmentRefused(case.view.status)
    counted = {line.id: line.packed for line in case.view.lines} if counts is None else counts
    wrong = [
        _("{sku}: {counted} of {quantity}").format(
            sku=line.sku, counted=counted.get(line.id, 0), quantity=line.quantity
        )
        for line in case.view.lines
        if counted.get(line.id, 0) != line.quantity
    ]
    if wrong:
        raise CountsDiffer(wrong)
    if not case.view.is_pick_up and not parcels:
        raise Invalid({"carrier": _("Choose who brings it.")})
    await tx.sql("UPDATE fulfilment.shipment_lines SET packed = quantity WHERE shipment_id = :id", {"id": case.id})
    await move(tx, case, ShipmentStatus.PACKED, ", packed_at = kit.now()")
    for draft in parcels:
        await _parcel(tx, case, draft)
    await record(tx, ShipmentPacked(case.id, case.order.id, len(parcels)))
    return await shipment(tx, shipment_id)


async def add_parcel(tx: Transaction, shipment_id: UUID, draft: ParcelDraft) -> UUID:
    """One parcel more of what is packed. Raises as `pack` does."""
    case = await lock_to_work(tx, shipment_id)
    require(case, ShipmentStatus.PACKED)
    if len(case.view.parcels) >= MOST_PARCELS:
        raise Invalid({"carrier": _("A shipment has at most {most} parcels.").format(most=MOST_PARCELS)})
    return await _parcel(tx, case, draft)


async def remove_parcel(tx: Transaction, parcel_id: UUID) -> None:
    """The things go into the other parcels. Raises `ShipmentRefused` once it has left, or for the last one."""
    case = await _case_of_parcel(tx, parcel_id)
    require(case, ShipmentStatus.PACKED, ShipmentStatus.ON_HOLD)
    if len(case.view.parcels) < 2:
        raise ShipmentRefused(case.view.status)
    await tx.sql("DELETE FROM fulfilment.parcels WHERE id = :id", {"id": parcel_id})


async def change_carrier(tx: Transaction, parcel_id: UUID, *, carrier: str) -> None:
    """Let another carrier bring the parcel; it gets a label of that one's, if it makes any."""
    case = await _case_of_parcel(tx, parcel_id)
    require(case, ShipmentStatus.PACKED, ShipmentStatus.ON_HOLD)
    chosen = await _active(tx, carrier)
    await tx.sql(
        "UPDATE fulfilment.parcels SET carrier = :carrier, tracking_number = NULL, label = NULL, label_tries = 0,"
        " label_error = '', label_state = :state, next_try_at = kit.now() WHERE id = :id",
        {"id": parcel_id, "carrier": chosen.code, "state": "wanted" if chosen.makes_labels else "none"},
    )


async def want_label(tx: Transaction, parcel_id: UUID) -> None:
    """Ask the carrier once more for a label that it refused, from the beginning."""
    case = await _case_of_parcel(tx, parcel_id)
    require(case, ShipmentStatus.PACKED, ShipmentStatus.ON_HOLD)
    await tx.sql(
        "UPDATE fulfilment.parcels SET label_state = 'wanted', label_tries = 0, label_error = '',"
        " next_try_at = kit.now() WHERE id = :id AND label_state = 'failed'",
        {"id": parcel_id},
    )


def _is_to_pick(view: ShipmentView) -> bool:
    return view.status is ShipmentStatus.ALLOCATED or (view.status is ShipmentStatus.PICKING and not view.is_picked)


async def _picking(tx: Transaction, shipment_id: UUID, *, also_picked: bool = False) -> Case:
    case = await lock_to_work(tx, shipment_id)
    require(case, ShipmentStatus.ALLOCATED, ShipmentStatus.PICKING)
    if case.view.is_picked and not also_picked:
        raise ShipmentRefused(case.view.status)
    if case.view.status is ShipmentStatus.ALLOCATED:
        await _begin(tx, case)
        case.view = await shipment(tx, shipment_id)
    return case


async def _begin(tx: Transaction, case: Case) -> None:
    await move(tx, case, ShipmentStatus.PICKING)
    await record(tx, PickingBegun(case.id, case.order.id))


async def _picked(tx: Transaction, line_id: UUID, quantity: int) -> None:
    await tx.sql(
        "UPDATE fulfilment.shipment_lines SET picked = :quantity, packed = least(packed, :quantity) WHERE id = :id",
        {"id": line_id, "quantity": quantity},
    )


async def _after_picking(tx: Transaction, case: Case) -> ShipmentView:
    view = await shipment(tx, case.id)
    if view.is_picked or not all_picked(view):
        return view
    await tx.sql(
        "UPDATE fulfilment.shipments SET picked_at = kit.now(), updated_at = kit.now() WHERE id = :id", {"id": case.id}
    )
    await record(tx, ShipmentPicked(case.id, case.order.id))
    return await shipment(tx, case.id)


async def _parcel(tx: Transaction, case: Case, draft: ParcelDraft) -> UUID:
    chosen = await _active(tx, draft.carrier)
    number = checked_number(draft.tracking_number)
    if not 0 <= draft.weight_grams <= HEAVIEST:
        raise Invalid({"weight": _("Enter the weight in grams, as a whole number from 0.")})
    parcel_id = new_id()
    try:
        async with tx.session.begin_nested():
            await tx.sql(
                "INSERT INTO fulfilment.parcels (id, shipment_id, position, carrier, tracking_number, weight_grams,"
                " label_state) SELECT :id, :shipment_id, coalesce(max(position), 0) + 1, :carrier, :number, :weight,"
                " :state FROM fulfilment.parcels WHERE shipment_id = :shipment_id",
                {
                    "id": parcel_id,
                    "shipment_id": case.id,
                    "carrier": chosen.code,
                    "number": number or None,
                    "weight": draft.weight_grams,
                    "state": "wanted" if chosen.makes_labels and not number else "none",
                },
            )
    except IntegrityError as error:
        if "uq_parcels_tracking_number" in str(error.orig):
            raise TrackingTaken(number) from error
        raise
    return parcel_id


def checked_number(number: str, field: str = "tracking_number") -> str:
    """A tracking number as it is kept. Raises `Invalid` for one that cannot be."""
    number = " ".join(number.split())
    if len(number) > LONGEST_TRACKING_NUMBER:
        raise Invalid({field: _("Use at most {longest} characters.").format(longest=LONGEST_TRACKING_NUMBER)})
    return number


async def _active(tx: Transaction, code: str) -> CarrierView:
    for each in await carriers(tx):
        if each.code == code:
            return each
    raise CarrierUnknown


async def _case_of_parcel(tx: Transaction, parcel_id: UUID) -> Case:
    found: UUID | None = (
        await tx.sql("SELECT shipment_id FROM fulfilment.parcels WHERE id = :id", {"id": parcel_id})
    ).scalar_one_or_none()
    if found is None:
        raise ShipmentNotFound
    return await lock_to_work(tx, found)
