"""What does not go by itself: split, hold, another warehouse, owe, cancel a part."""

from typing import Any

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.fulfilment.sending import Empty
from app.routes.staff.fulfilment.showing import REFUSALS, done, show_shipment
from app.web.access import may, staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.line_fields import Rows, pieces, read_with_lines
from app.web.page import Page
from app.web.visitors import Visitor
from domains import checkout, fulfilment, inventory
from domains.fulfilment import HoldReason
from domains.inventory import Reason
from domains.kit import Database, Forbidden, Invalid, Transaction
from domains.kit.i18n import gettext as _
from domains.payments.gateway import Gateway


class Held(msgspec.Struct, forbid_unknown_fields=True):
    reason: str = ""
    note: str = ""


class Elsewhere(msgspec.Struct, forbid_unknown_fields=True):
    warehouse: str = ""
    write_off: str = ""


class Missing(msgspec.Struct, forbid_unknown_fields=True):
    write_off: str = ""


class Cancelled(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    write_off: str = ""
    reason: str = ""


@post("/staff/fulfilment/{number:str}/division", name="staff.fulfilment.split", access=staff("fulfilment.do"))
async def split(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    _form, rows = await read_with_lines(request, Empty)
    try:
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            into = await fulfilment.split(tx, view.id, _wanted(rows))
            other = await fulfilment.shipment(tx, into)
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="split", rows=rows)
    return done(request, number, _("The rest goes as {number}.").format(number=other.number))


@post("/staff/fulfilment/{number:str}/what-is-there", name="staff.fulfilment.send_there", access=staff("fulfilment.do"))
async def send_what_is_there(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    await read_form(request, Empty)
    try:
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            other = await fulfilment.shipment(tx, await fulfilment.send_what_is_there(tx, view.id))
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused)
    words = _("What is there goes by itself; the rest waits as {number}.").format(number=number)
    return done(request, other.number, words)


@post("/staff/fulfilment/{number:str}/allocation", name="staff.fulfilment.allocate", access=staff("fulfilment.do"))
async def allocate(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """Look again whether what is owed is there by now."""
    await read_form(request, Empty)
    async with db.transaction(visitor.actor) as tx:
        view = await fulfilment.by_number(tx, number)
        wanted = sorted({line.variant_id for line in view.lines if line.ready < line.quantity})
        await inventory.fill_backorders(tx, wanted)
    async with db.transaction(visitor.actor) as tx:
        for variant_id in wanted:
            await fulfilment.fill(tx, view.order_id, variant_id)
        after = await fulfilment.shipment(tx, view.id)
    if after.missing:
        return done(request, number, _("It is not all there yet: {n} missing.").format(n=after.missing), "info")
    return done(request, number, _("All of it is there."))


@post("/staff/fulfilment/{number:str}/hold", name="staff.fulfilment.hold", access=staff("fulfilment.do"))
async def hold(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Held)
    try:
        if form.reason not in set(HoldReason):
            raise Invalid({"reason": _("Choose why it cannot go on.")})
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            await fulfilment.hold(tx, view.id, reason=HoldReason(form.reason), note=form.note)
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="hold")
    return done(request, number, _("On hold. Decide how it goes on."))


@post("/staff/fulfilment/{number:str}/resumption", name="staff.fulfilment.resume", access=staff("fulfilment.do"))
async def resume(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    await read_form(request, Empty)
    try:
        async with db.transaction(visitor.actor) as tx:
            await fulfilment.resume(tx, (await fulfilment.by_number(tx, number)).id)
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused)
    return done(request, number, _("It goes on from where it stood."))


@post("/staff/fulfilment/{number:str}/warehouse", name="staff.fulfilment.send_from", access=staff("fulfilment.do"))
async def send_from(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Elsewhere)
    try:
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            place = await _place(tx, form.warehouse)
            await fulfilment.send_from(tx, view.id, warehouse_id=place.id, write_off=_write_off(form.write_off))
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="move")
    return done(request, number, _("It goes out from {place}. The customer is told.").format(place=place.name))


@post("/staff/fulfilment/{number:str}/backorder", name="staff.fulfilment.back_order", access=staff("fulfilment.do"))
async def back_order(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form, rows = await read_with_lines(request, Missing)
    try:
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
            await fulfilment.back_order(tx, view.id, _wanted(rows), write_off=_write_off(form.write_off))
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="owe", rows=rows)
    return done(request, number, _("It waits for the next delivery. The customer is told."))


@post(
    "/staff/fulfilment/{number:str}/cancelled-lines",
    name="staff.fulfilment.cancel_lines",
    access=staff("refunds.give", fresh=True),
)
async def cancel_lines(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    """Cancelled and refunded together. Raises `Forbidden` for who may give money back and not touch shipments."""
    if not may(visitor.actor.role, "fulfilment.do"):
        raise Forbidden
    form, rows = await read_with_lines(request, Cancelled)
    try:
        async with db.transaction(visitor.actor) as tx:
            view = await fulfilment.by_number(tx, number)
        refund = await checkout.flows.shorten(
            db,
            gateway,
            visitor.actor,
            view.id,
            _wanted(rows),
            write_off=_write_off(form.write_off),
            reason=form.reason or _("It cannot be sent."),
            key=form.key,
        )
    except REFUSALS as refused:
        return await show_shipment(request, db, visitor, number, refused=refused, doing="cancel", rows=rows)
    if refund is not None and refund.payment_refund_id is None:
        return done(request, number, _("Cancelled. The refund waits for a second person."), "info")
    return done(request, number, _("Cancelled, and the money is on its way back. The customer is told."))


def _wanted(rows: Rows) -> dict[Any, int]:
    return {line: count for line, row in rows.items() if (count := pieces(row))}


def _write_off(typed: str) -> Reason | None:
    if not typed:
        return None
    if typed not in set(Reason):
        raise Invalid({"write_off": _("Choose why it is not there.")})
    return Reason(typed)


async def _place(tx: Transaction, typed: str) -> inventory.WarehouseView:
    for each in await inventory.warehouses(tx):
        if str(each.id) == typed and each.is_active:
            return each
    raise Invalid({"warehouse": _("Choose another warehouse.")})


ROUTES: list[Any] = [split, send_what_is_there, allocate, hold, resume, send_from, back_order, cancel_lines]
