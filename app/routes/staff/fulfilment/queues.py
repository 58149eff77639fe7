"""What waits in the warehouses, by queue: the list, its lengths, and what is done to many at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

from app.routes.staff.fulfilment.words import QUEUES, REASONS, state_of
from app.web.access import staff
from app.web.htmx import AnyRequest, wants_fragment
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link
from app.web.staff.lists import Bulk, Chosen, Column, StaffList, choice, days
from app.web.staff.live import unless_unchanged
from app.web.staff.showing import act_on_many, show_list
from app.web.visitors import Visitor
from domains import fulfilment, inventory
from domains.fulfilment import Due, Queue, QueuedShipment, ShipmentNotFound
from domains.inventory import WarehouseView
from domains.kit import Actor, Database
from domains.kit.i18n import gettext as _


class Tab(msgspec.Struct, frozen=True):
    """A queue with its length, in the warehouse that is looked at."""

    label: str
    href: str
    number: int
    is_here: bool


def _number(shipment: QueuedShipment) -> Link:
    return Link(shipment.number, "staff.fulfilment.show", {"number": shipment.number})


def _note(shipment: QueuedShipment) -> str:
    if shipment.hold_reason is not None:
        return REASONS[shipment.hold_reason]
    if shipment.missing:
        return _("Pieces owed: {number}").format(number=shipment.missing)
    return shipment.note


async def _begin(db: Database, actor: Actor, chosen: Chosen) -> str:
    async with db.transaction(actor) as tx:
        begun = await fulfilment.begin_picking(tx, chosen.ids)
    return _("Shipments being picked: {number}.").format(number=begun)


async def _picked(db: Database, actor: Actor, chosen: Chosen) -> str:
    async with db.transaction(actor) as tx:
        done = await fulfilment.pick_all(tx, chosen.ids)
    return _("Shipments picked: {number}.").format(number=done)


SHIPMENTS = StaffList(
    key="fulfilment",
    title=_("Fulfilment"),
    route="staff.fulfilment",
    permission="fulfilment.see",
    search=_("Shipment, order, SKU or tracking number"),
    sort="created",
    live=30,
    columns=(
        Column("number", _("Shipment"), _number, sort="number"),
        Column("status", _("State"), state_of),
        Column("warehouse_code", _("Warehouse")),
        Column("goods", _("Goods"), phone=False),
        Column("pieces", _("Pieces"), number=True),
        Column("method", _("Delivery"), phone=False),
        Column("country", _("Country"), shown=False),
        Column("note", _("Note"), _note, phone=False),
        Column("created_at", _("Since"), sort="created"),
    ),
    filters=(
        choice("queue", _("Queue"), [(str(key), label) for key, label in QUEUES.items()], many=False),
        choice("warehouse", _("Warehouse"), many=False),
        choice("way", _("Delivery"), (("parcel", _("By parcel")), ("pick_up", _("Picked up"))), many=False),
        days("created", _("Since")),
    ),
    bulk=(
        Bulk(
            key="picked",
            label=_("Mark picked"),
            permission="fulfilment.do",
            question=_("Is all of these {count} shipments fetched from the shelves?"),
            apply=_picked,
        ),
        Bulk(
            key="begin",
            label=_("Begin picking"),
            permission="fulfilment.do",
            question=_("Begin to pick {count} shipments?"),
            apply=_begin,
        ),
    ),
    empty=_("Nothing waits"),
    empty_hint=_("As soon as an order is paid, what has to be sent stands here."),
)


@get("/staff/fulfilment", name="staff.fulfilment", access=staff("fulfilment.see"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    places, due = await _standing(db, visitor)
    return await show_list(
        request,
        db,
        visitor,
        SHIPMENTS,
        fulfilment.queue,
        template="staff/fulfilment/queues.html",
        options={"warehouse": [(str(each.id), each.name) for each in places]},
        tabs=_tabs(request, due),
        again=_again(request),
        warehouses=_places(request, places),
        picking=url_for(request, "staff.fulfilment.picking", warehouse=request.query_params.get("warehouse") or None),
    )


@get("/staff/fulfilment/counts", name="staff.fulfilment.counts", access=staff("fulfilment.see"))
async def show_counts(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """How long the queues are, for the page that asks again."""
    if not wants_fragment(request):
        return redirect(request, url_for(request, "staff.fulfilment"))
    _places_known, due = await _standing(db, visitor)
    answer = page(
        request,
        "staff/fulfilment/queues.html",
        fragment="queue_lengths",
        at="staff.fulfilment",
        tabs=_tabs(request, due),
        again=_again(request),
    )
    return unless_unchanged(request, answer)


@post("/staff/fulfilment/bulk", name="staff.fulfilment.bulk", access=staff("fulfilment.see"), status_code=200)
async def act(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    places, _due = await _standing(db, visitor)
    options = {"warehouse": [(str(each.id), each.name) for each in places]}
    return await act_on_many(request, db, visitor, SHIPMENTS, fulfilment.queue, options=options)


@get("/staff/fulfilment/open", name="staff.fulfilment.open", access=staff("fulfilment.see"))
async def open_scanned(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """A number that was scanned or typed, straight to its shipment; anything else is looked for in the list."""
    typed = request.query_params.get("number", "").strip()[:100]
    try:
        async with db.transaction(visitor.actor) as tx:
            found = await fulfilment.by_number(tx, typed)
    except ShipmentNotFound:
        return redirect(request, url_for(request, "staff.fulfilment", q=typed or None))
    return redirect(request, url_for(request, "staff.fulfilment.show", number=found.number))


async def _standing(db: Database, visitor: Visitor) -> tuple[Sequence[WarehouseView], Sequence[Due]]:
    async with db.transaction(visitor.actor) as tx:
        return await inventory.warehouses(tx), await fulfilment.counts(tx)


def _again(request: AnyRequest) -> str:
    """Where the lengths are asked for again, for what is looked at."""
    looked_at = {key: request.query_params.get(key) or None for key in ("queue", "warehouse")}
    return url_for(request, "staff.fulfilment.counts", **looked_at)


def _tabs(request: AnyRequest, due: Sequence[Due]) -> list[Tab]:
    warehouse = request.query_params.get("warehouse", "")
    here = request.query_params.get("queue", "")
    counted = _by_queue(due, warehouse)
    tabs = [
        Tab(
            label,
            url_for(request, "staff.fulfilment", queue=queue, warehouse=warehouse or None),
            counted.get(queue, 0),
            here == queue,
        )
        for queue, label in QUEUES.items()
    ]
    everything = sum(number for queue, number in counted.items() if queue is not Queue.SENT)
    whole = url_for(request, "staff.fulfilment", warehouse=warehouse or None)
    return [Tab(_("All open"), whole, everything, here not in set(Queue)), *tabs]


def _by_queue(due: Sequence[Due], warehouse: str) -> Mapping[Queue, int]:
    counted: dict[Queue, int] = {}
    for each in due:
        if not warehouse or str(each.warehouse_id) == warehouse:
            counted[each.queue] = counted.get(each.queue, 0) + each.number
    return counted


def _places(request: AnyRequest, places: Sequence[WarehouseView]) -> list[tuple[str, str, bool]]:
    """The warehouses to look at, each with the address that shows it alone."""
    here, queue = request.query_params.get("warehouse", ""), request.query_params.get("queue")
    shown = [(_("All warehouses"), url_for(request, "staff.fulfilment", queue=queue), not here)]
    for each in places:
        address = url_for(request, "staff.fulfilment", queue=queue, warehouse=each.id)
        shown.append((each.name, address, here == str(each.id)))
    return shown


ROUTES: list[Any] = [show, show_counts, act, open_scanned]
