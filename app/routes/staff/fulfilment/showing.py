"""A shipment's page: what is in it, where it lies, its parcels, and the next step as the one filled button."""

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.fulfilment.words import HAPPENED, REASONS, STATES, WRITE_OFFS, state_of
from app.web.access import may, staff
from app.web.htmx import AnyRequest
from app.web.line_fields import Rows
from app.web.page import PRIVATE, Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import audit, desk, fulfilment, inventory, orders
from domains.fulfilment import OPEN, ShipmentStatus, ShipmentView
from domains.kit import Conflict, Database, DomainError, Invalid, Transaction, new_token
from domains.kit.i18n import gettext as _


class Happened(msgspec.Struct, frozen=True):
    """An entry of the timeline."""

    at: Any
    text: str
    by: str = ""
    note: str = ""
    kind: str = "event"
    tone: str = ""
    href: str = ""


@get("/staff/fulfilment/{number:str}", name="staff.fulfilment.show", access=staff("fulfilment.see"))
async def show(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await show_shipment(request, db, visitor, number)


@get(
    "/staff/fulfilment/{number:str}/parcels/{position:int}/label.svg",
    name="staff.fulfilment.label",
    access=staff("fulfilment.see"),
)
async def show_label(
    number: FromPath[str],
    position: FromPath[int],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    async with db.transaction(visitor.actor) as tx:
        view = await fulfilment.by_number(tx, number)
        parcel = next((each for each in view.parcels if each.position == position), None)
        if parcel is None:
            raise fulfilment.ShipmentNotFound
        drawn, _number = await fulfilment.label(tx, parcel.id)
        await audit.seen(tx, ("order", view.order_id), "label")
    return Response(
        drawn.encode(),
        media_type="image/svg+xml",
        headers={
            "Cache-Control": PRIVATE,
            "Content-Disposition": f'inline; filename="{view.number}-{position}.svg"',
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
        },
    )


async def show_shipment(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    number: str,
    *,
    refused: DomainError | None = None,
    doing: str = "",
    rows: Rows | None = None,
) -> Page:
    """The page as it now is; with what was `refused` while `doing` something: somebody may have been faster."""
    role = visitor.actor.role
    async with db.transaction(visitor.actor) as tx:
        view, siblings = await fulfilment.with_siblings(tx, number)
        order = await orders.destination(tx, view.order_id)
        await audit.seen(tx, ("order", view.order_id), "shipment page")
        context = await _around(tx, view, siblings)
    errors: dict[str, str] = {}
    status = 200
    if isinstance(refused, Invalid):
        errors, status = dict(refused.fields), 422
    elif refused is not None:
        errors, status = {"": f"{refused.title} {refused.hint}"}, 409
    works = may(role, "fulfilment.do")
    return page(
        request,
        "staff/fulfilment/show.html",
        status=status,
        shipment=view,
        order=order,
        state=state_of(view),
        reason=REASONS[view.hold_reason] if view.hold_reason is not None else "",
        works=works,
        may_cancel=works and may(role, "refunds.give"),
        can_split=works and view.count > 1 and view.status in OPEN - {ShipmentStatus.PACKED},
        can_hold=works and view.status in OPEN - {ShipmentStatus.ON_HOLD},
        decides=works and (view.status in {ShipmentStatus.ON_HOLD, ShipmentStatus.WAITING}),
        stands=STATES[view.held_from].label if view.held_from is not None else "",
        reasons=[(str(key), label) for key, label in REASONS.items()],
        write_offs=list(WRITE_OFFS.items()),
        kinds=[(str(key), label) for key, label in HAPPENED.items()],
        happened=HAPPENED,
        rows={str(line): row for line, row in (rows or {}).items()},
        doing=doing,
        key=new_token(),
        errors=errors,
        **context,
    )


async def _around(tx: Transaction, view: ShipmentView, siblings: Sequence[ShipmentView]) -> dict[str, Any]:
    places = await inventory.warehouses(tx)
    is_open = view.status in OPEN
    levels = {
        level.variant_id: level
        for level in (await inventory.levels(tx, {line.variant_id for line in view.lines}) if is_open else ())
        if level.warehouse_id == view.warehouse_id
    }
    return {
        "warehouse": next(each for each in places if each.id == view.warehouse_id),
        "others": [(str(each.id), each.name) for each in places if each.id != view.warehouse_id and each.is_active],
        "locations": {
            variant_id: level.warehouse_location for variant_id, level in levels.items() if level.warehouse_location
        },
        "siblings": [(each, state_of(each)) for each in siblings],
        "carriers": [(each.code, each.name) for each in (await fulfilment.carriers(tx) if is_open else ())],
        "entries": await _happened(tx, view),
    }


async def _happened(tx: Transaction, view: ShipmentView) -> list[Happened]:
    """What the log knows of it and what its carriers told, the newest first."""
    names = await desk.names_of_staff(tx)
    told = [
        Happened(entry.recorded_at, _acts(entry), names.get(entry.actor_id, "") if entry.actor_id else "", entry.note)
        for entry in await audit.of_subject(tx, "shipment", view.id)
    ]
    told += [
        Happened(event.occurred_at, HAPPENED[event.kind], event.place, event.words, "parcel") for event in view.events
    ]
    for at, words in (
        (view.delivered_at, _("Handed over") if view.is_pick_up else _("Delivered")),
        (view.shipped_at, _("Ready for pick-up") if view.is_pick_up else _("Left the house")),
        (view.packed_at, _("Packed")),
        (view.picked_at, _("Picked")),
        (view.created_at, _("Made")),
    ):
        if at is not None:
            told.append(Happened(at, words))
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def _acts(entry: audit.EntryRow) -> str:
    status: str = entry.action.partition(".")[2]
    if status in set(ShipmentStatus):
        return STATES[ShipmentStatus(status)].label
    return {
        "split": _("Split"),
        "moved": _("Sent from another warehouse"),
        "back_ordered": _("Owed until the next delivery"),
        "lines_cancelled": _("Lines cancelled"),
    }.get(status, status.replace("_", " ").capitalize())


def done(request: AnyRequest, number: str, words: str, kind: str = "success") -> Page:
    """Back to the shipment, with a sentence about what was done."""
    answer = redirect(request, url_for(request, "staff.fulfilment.show", number=number))
    say(request, answer, words, kind)
    return answer


REFUSALS = (Invalid, Conflict)

ROUTES: list[Any] = [show, show_label]
