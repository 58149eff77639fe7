"""The page of one return, with the next thing to do."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.returns.queue import BY, KINDS, STATES
from app.routes.staff.returns.timeline import happened
from app.routes.storefront.returns import REASON_WORDS
from app.web.access import may, staff
from app.web.htmx import AnyRequest
from app.web.line_fields import Rows
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import audit, desk, inventory, returns
from domains.kit import Conflict, Database, Invalid, Transaction
from domains.returns import ReturnStatus


@get("/staff/returns/{number:str}", name="staff.returns.show", access=staff("returns.see"))
async def show(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await show_return(request, db, visitor, number)


def done(request: AnyRequest, number: str, words: str, kind: str = "success") -> Page:
    answer = redirect(request, url_for(request, "staff.returns.show", number=number))
    say(request, answer, words, kind)
    return answer


async def id_of(tx: Transaction, number: str) -> UUID:
    return (await returns.case_of_return(tx, number))[1].id


async def refused_return(
    request: AnyRequest, db: Database, visitor: Visitor, number: str, refused: Invalid | Conflict, **more: Any
) -> Page:
    """The page as it is now, with what was refused: somebody may have been faster."""
    if isinstance(refused, Invalid):
        return await show_return(request, db, visitor, number, errors=refused.fields, status=422, **more)
    told = f"{refused.title} {refused.hint}"
    return await show_return(request, db, visitor, number, errors={"": told}, status=409, **more)


async def show_return(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    number: str,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
    rows: Rows | None = None,
    rejecting: str = "",
    closing: str = "",
) -> Page:
    role = visitor.actor.role
    async with db.transaction(visitor.actor) as tx:
        found, back = await returns.case_of_return(tx, number.upper())
        window = await returns.window(tx, found.order)
        places = await inventory.warehouses(tx) if back.status is ReturnStatus.APPROVED else []
        told = await audit.of_subject(tx, "return", back.id)
        refunds = [each for each in found.refunds if each.return_id == back.id]
        names = await desk.names_of_staff(tx)
    return page(
        request,
        "staff/returns/show.html",
        status=status,
        back=back,
        order=found.order,
        state=STATES[back.status],
        kind=KINDS[back.kind],
        window=window,
        warehouses=[(each.id, each.name) for each in places],
        refunds=refunds,
        entries=happened(found, back, refunds, told, names),
        words=REASON_WORDS,
        by=BY[back.requested_by],
        refund_waits=any(each.payment_refund_id is None and each.is_alive for each in refunds),
        may_decide=may(role, "returns.do"),
        may_refund=may(role, "refunds.give"),
        rows={str(line): row for line, row in (rows or {}).items()},
        rejecting=rejecting,
        closing=closing,
        errors=errors or {},
    )


ROUTES = [show]
