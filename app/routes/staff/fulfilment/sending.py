"""The way out: pick, pack, ship, arrive. Every step is a plain form, and a scanner is a keyboard."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.fulfilment.showing import REFUSALS, done, show_shipment
from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.line_fields import pieces, read_with_lines
from app.web.page import Page
from app.web.visitors import Visitor
from domains import fulfilment
from domains.fulfilment import ParcelDraft, TrackingKind
from domains.kit import Database, Invalid
from domains.kit.i18n import gettext as _

MOST_PARCELS = 10


class Empty(msgspec.Struct, forbid_unknown_fields=True):
    pass


class Counted(msgspec.Struct, forbid_unknown_fields=True):
    everything: str = ""


class Scanned(msgspec.Struct, forbid_unknown_fields=True):
    code: str = ""


class Packed(msgspec.Struct, forbid_unknown_fields=True):
    carrier: str = ""
    parcels: int = 1
    weight: int = 0


class Parcel(msgspec.Struct, forbid_unknown_fields=True):
    carrier: str = ""
    weight: int = 0


class Told(msgspec.Struct, forbid_unknown_fields=True):
    parcel: UUID
    kind: str = ""
    place: str = ""
    words: str = ""


@post("/staff/fulfilment/{number:str}/picking", name="staff.fulfilment.pick", access=staff("fulfilment.do"))
async def pick(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """All of it, or what was counted of each line; nothing counted begins the picking."""
    form, rows = await read_with_lines(request, Counted)
    try:
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            if form.everything:
                after = await fulfilment.pick(tx, view.id)
            elif rows:
                after = await fulfilment.pick(tx, view.id, {line: pieces(row) for line, row in rows.items()})
            else:
                await fulfilment.begin_picking(tx, [view.id])
                after = await fulfilment.shipment(tx, view.id)
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="pick", rows=rows)
    return done(request, number, _("Picked. Pack it next.") if after.is_picked else _("Saved."))


@post("/staff/fulfilment/{number:str}/scans", name="staff.fulfilment.scan", access=staff("fulfilment.do"))
async def scan(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Scanned)
    try:
        async with db.transaction(visitor.actor) as tx:
            line = await fulfilment.scan(tx, (await fulfilment.by_number(tx, number)).id, form.code)
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="scan")
    counted = line.packed or line.picked
    words = _("{sku}: {counted} of {quantity}").format(sku=line.sku, counted=counted, quantity=line.quantity)
    return done(request, number, words)


@post("/staff/fulfilment/{number:str}/shelving", name="staff.fulfilment.put_back", access=staff("fulfilment.do"))
async def put_back(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    await read_form(request, Empty)
    try:
        async with db.transaction(visitor.actor) as tx:
            await fulfilment.put_back(tx, (await fulfilment.by_number(tx, number)).id)
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused)
    return done(request, number, _("It is to be picked anew."))


@post("/staff/fulfilment/{number:str}/packing", name="staff.fulfilment.pack", access=staff("fulfilment.do"))
async def pack(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form, rows = await read_with_lines(request, Packed)
    try:
        if not 1 <= form.parcels <= MOST_PARCELS:
            raise Invalid({"parcels": _("Enter a number from 1 to {most}.").format(most=MOST_PARCELS)})
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            drafts = [] if view.is_pick_up else [ParcelDraft(form.carrier, "", form.weight)] * form.parcels
            await fulfilment.pack(tx, view.id, parcels=drafts, counts={line: pieces(row) for line, row in rows.items()})
    except (*REFUSALS, fulfilment.CarrierUnknown) as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="pack", rows=rows)
    return done(request, number, _("Packed."))


@post("/staff/fulfilment/{number:str}/parcels", name="staff.fulfilment.parcel", access=staff("fulfilment.do"))
async def add_parcel(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Parcel)
    try:
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            await fulfilment.add_parcel(tx, view.id, ParcelDraft(form.carrier, "", form.weight))
    except (*REFUSALS, fulfilment.CarrierUnknown) as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="parcel")
    return done(request, number, _("One parcel more."))


@post(
    "/staff/fulfilment/{number:str}/parcels/{parcel:uuid}/{act:str}",
    name="staff.fulfilment.parcel.change",
    access=staff("fulfilment.do"),
)
async def change_parcel(
    request: AnyRequest,
    number: FromPath[str],
    parcel: FromPath[UUID],
    act: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
) -> Page:
    """`removal`, another `carrier`, or once more a `label`."""
    form = await read_form(request, Parcel)
    try:
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            if all(each.id != parcel for each in view.parcels):
                raise fulfilment.ShipmentNotFound
            match act:
                case "removal":
                    await fulfilment.remove_parcel(tx, parcel)
                case "carrier":
                    await fulfilment.change_carrier(tx, parcel, carrier=form.carrier)
                case "label":
                    await fulfilment.want_label(tx, parcel)
                case _other:
                    raise fulfilment.ShipmentNotFound
    except (*REFUSALS, fulfilment.CarrierUnknown) as refused:
        return await show_shipment(request, db, visitor, number, refused=refused)
    return done(request, number, _("Saved."))


@post("/staff/fulfilment/{number:str}/departure", name="staff.fulfilment.ship", access=staff("fulfilment.do"))
async def ship(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """With the tracking number of every parcel; what is picked up is ready."""
    _form, rows = await read_with_lines(request, Empty)
    numbers = {parcel: row.get("tracking", "") for parcel, row in rows.items()}
    try:
        async with db.transaction(visitor.actor) as tx:
            sent = await fulfilment.ship(tx, (await fulfilment.by_number(tx, number)).id, tracking=numbers)
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="ship", rows=rows)
    return done(
        request, number, _("Ready for pick-up. The customer is told.") if sent.is_pick_up else _("It is on its way.")
    )


@post("/staff/fulfilment/{number:str}/arrival", name="staff.fulfilment.deliver", access=staff("fulfilment.do"))
async def deliver(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    await read_form(request, Empty)
    try:
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            await fulfilment.deliver(tx, view.id)
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused)
    return done(request, number, _("Handed over.") if view.is_pick_up else _("Delivered."))


@post("/staff/fulfilment/{number:str}/news", name="staff.fulfilment.news", access=staff("fulfilment.do"))
async def tell(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Told)
    try:
        if form.kind not in set(TrackingKind):
            raise Invalid({"kind": _("Choose what happened.")})
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            if all(each.id != form.parcel for each in view.parcels):
                raise fulfilment.ShipmentNotFound
            await fulfilment.tell_by_hand(
                tx, form.parcel, kind=TrackingKind(form.kind), place=form.place, words=form.words
            )
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="news")
    return done(request, number, _("Put down. The customer sees it on the order's page."))


ROUTES: list[Any] = [pick, scan, put_back, pack, add_parcel, change_parcel, ship, deliver, tell]
