"""A return that staff ask for in a customer's name, and more time to ask for one."""

from datetime import date

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.storefront.returns import REASONS
from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.line_fields import Rows, pieces, read_with_lines
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import orders, returns
from domains.kit import Database, Invalid, new_token
from domains.kit.i18n import gettext as _
from domains.returns import Asked, ReturnReason


class StaffAsk(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    note: str = ""


class Extension(msgspec.Struct, forbid_unknown_fields=True):
    until: str = ""
    reason: str = ""
    back: str = ""


@get("/staff/orders/{number:str}/returns", name="staff.orders.returns", access=staff("returns.do"))
async def show_ask(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _ask_form(request, db, visitor, number, StaffAsk(new_token()), {}, {})


@post("/staff/orders/{number:str}/returns", name="staff.orders.returns.ask", access=staff("returns.do"))
async def ask(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form, rows = await read_with_lines(request, StaffAsk)
    known = {reason.value: reason for reason, _words in REASONS}
    try:
        async with db.transaction(visitor.actor) as tx:
            order = await orders.by_number(tx, number)
            made = await returns.request(
                tx,
                order_id=order.id,
                lines=[
                    Asked(line, count, known.get(row.get("reason", ""), ReturnReason.NONE))
                    for line, row in rows.items()
                    if (count := pieces(row))
                ],
                key=form.key,
                note=form.note,
            )
    except Invalid as wrong:
        return await _ask_form(request, db, visitor, number, form, rows, wrong.fields)
    answer = redirect(request, url_for(request, "staff.returns.show", number=made.number))
    say(request, answer, _("The return stands. Approve it, and the customer is told where to send it."))
    return answer


@post("/staff/orders/{number:str}/return-window", name="staff.orders.return_window", access=staff("returns.do"))
async def extend(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Extension)
    try:
        until = date.fromisoformat(form.until)
    except ValueError as error:
        raise Invalid({"until": _("Enter a day.")}) from error
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
        await returns.extend(tx, order.id, until=until, reason=form.reason)
    to = (
        url_for(request, "staff.returns.show", number=form.back)
        if form.back
        else url_for(request, "staff.orders.returns", number=order.number)
    )
    answer = redirect(request, to)
    say(request, answer, _("The customer has more time."))
    return answer


async def _ask_form(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    number: str,
    form: StaffAsk,
    rows: Rows,
    errors: dict[str, str],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
        found = await returns.case(tx, order.id, order=order)
        window = await returns.window(tx, order)
    return page(
        request,
        "staff/returns/ask.html",
        status=422 if errors else 200,
        order=order,
        lines=[line for line in found.refundable.lines if line.returnable],
        window=window,
        reasons=REASONS,
        key=form.key,
        note=form.note,
        rows={str(line): row for line, row in rows.items()},
        errors=errors,
    )


ROUTES = [show_ask, ask, extend]
