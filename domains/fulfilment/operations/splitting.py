"""One shipment into two, by line and quantity."""

from collections.abc import Mapping
from uuid import UUID

from domains import audit
from domains.fulfilment.errors import NothingChosen, ShipmentRefused
from domains.fulfilment.operations.allocating import settle, take_out
from domains.fulfilment.rows import Case, lock_to_work, require
from domains.fulfilment.states import ShipmentStatus
from domains.kit import Transaction


async def split(tx: Transaction, shipment_id: UUID, quantities: Mapping[UUID, int]) -> UUID:
    """Let so many of its lines (by their ids) go by themselves, in a shipment of their own; answers which.

    Of a line of which some is owed, what is there stays behind as long as it can. Emits `shipment.split` and
    `shipment.created`. Raises `NothingChosen` for none or all of it, `ShipmentRefused` once it is packed.
    """
    case = await lock_to_work(tx, shipment_id)
    require(case, ShipmentStatus.WAITING, ShipmentStatus.ALLOCATED, ShipmentStatus.PICKING, ShipmentStatus.ON_HOLD)
    if case.view.held_from is ShipmentStatus.PACKED:
        raise ShipmentRefused(case.view.status)
    wanted = chosen(case, quantities)
    if sum(wanted.values()) == case.view.count:
        raise NothingChosen
    lines = {line.id: line for line in case.view.lines}
    ready = {
        line_id: max(0, quantity - (lines[line_id].quantity - lines[line_id].ready))
        for line_id, quantity in wanted.items()
    }
    return await _split(tx, case, wanted, ready)


async def send_what_is_there(tx: Transaction, shipment_id: UUID) -> UUID:
    """Let what is there of a waiting shipment go by itself; answers its shipment. What is owed waits on.

    Raises `NothingChosen` when nothing is there, or all of it.
    """
    case = await lock_to_work(tx, shipment_id)
    require(case, ShipmentStatus.WAITING, ShipmentStatus.ON_HOLD)
    ready = {line.id: line.ready for line in case.view.lines if line.ready}
    if not ready or not case.view.missing:
        raise NothingChosen
    return await _split(tx, case, ready, ready)


async def _split(tx: Transaction, case: Case, wanted: dict[UUID, int], ready: dict[UUID, int]) -> UUID:
    into = await take_out(tx, case.view, wanted, warehouse_id=case.view.warehouse_id, ready=ready, joins=False)
    await settle(tx, case.id)
    await audit.record(
        tx,
        action="shipment.split",
        subject=("shipment", case.id),
        label=case.view.number,
        changes={"pieces": (case.view.count, case.view.count - sum(wanted.values()))},
    )
    return into


def chosen(case: Case, quantities: Mapping[UUID, int]) -> dict[UUID, int]:
    """The lines that have a quantity. Raises `NothingChosen` where there is none, or more than there is."""
    lines = {line.id: line for line in case.view.lines}
    wanted = {line_id: quantity for line_id, quantity in quantities.items() if quantity}
    if not wanted or any(
        line_id not in lines or not 0 < quantity <= lines[line_id].quantity for line_id, quantity in wanted.items()
    ):
        raise NothingChosen
    return wanted
