"""The customers: found, seen with what they ordered, noted about, kept out, let in again; and looked at as."""

from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.order_states import PAYMENTS, STATUSES
from app.routes.staff.returns import Happened
from app.routes.staff.reviews import STATES as REVIEW_STATES
from app.runtime.settings import Settings
from app.web.access import ACTING, may, staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.staff.lists import Column, StaffList, choice, days
from app.web.staff.showing import list_routes
from app.web.visitors import Visitor, acting_cookie, ended_cookie, session_cookie
from domains import accounts, audit, desk
from domains.accounts import AccountUnknown, AccountView
from domains.kit import Database, Invalid, Money, Transaction
from domains.kit.i18n import gettext as _

STATES = {
    "active": State(_("Active"), "good"),
    "suspended": State(_("Suspended"), "bad"),
    "deactivated": State(_("Closed")),
}


def _spent(customer: desk.CustomerRow) -> Money | None:
    return customer.spent.amounts[0] if customer.spent.amounts else None


CUSTOMERS = StaffList(
    key="customers",
    title=_("Customers"),
    route="staff.customers",
    permission="customers.see",
    export="customers.export",
    search=_("Mail address, or words of the name"),
    sort="-registered",
    columns=(
        Column("name", _("Customer"), lambda one: Link(one.name or one.email, "staff.customers.show", {"id": one.id})),
        Column("email", _("Email"), phone=False),
        Column("status", _("State"), lambda one: STATES[one.status]),
        Column("orders", _("Orders"), lambda one: one.spent.orders, number=True),
        Column("spent", _("Paid"), _spent, number=True),
        Column("last", _("Last order"), lambda one: one.spent.last_at, phone=False),
        Column("registered_at", _("Since"), sort="registered", down=True, phone=False),
        Column("email_verified", _("Address proven"), shown=False),
    ),
    filters=(
        choice("status", _("State"), [(key, state.label) for key, state in STATES.items()]),
        days("registered", _("Since")),
    ),
    empty=_("No customers yet"),
    empty_hint=_("Who makes an account stands here. Guests are found by their orders."),
)


class Note(msgspec.Struct, forbid_unknown_fields=True):
    note: str


class Reason(msgspec.Struct, forbid_unknown_fields=True):
    reason: str


@get("/staff/customers/{id:uuid}", name="staff.customers.show", access=staff("customers.see"))
async def show(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _customer_page(request, db, visitor, id)


@post("/staff/customers/{id:uuid}/notes", name="staff.customers.note", access=staff("customers.do"))
async def note(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Note)
    try:
        async with db.transaction(visitor.actor) as tx:
            await _customer(tx, id)
            await accounts.add_note(tx, id, form.note)
    except Invalid as refused:
        return await _customer_page(
            request, db, visitor, id, status=422, errors=dict(refused.fields), note_text=form.note
        )
    return _done(request, id, _("The note is kept."))


@post("/staff/customers/{id:uuid}/suspension", name="staff.customers.suspend", access=staff("customers.do"))
async def suspend(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await _customer(tx, id)
        await accounts.suspend(tx, id)
    return _done(request, id, _("The account is suspended: nobody can log in to it or order with it."))


@post("/staff/customers/{id:uuid}/reinstatement", name="staff.customers.reinstate", access=staff("customers.do"))
async def reinstate(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await _customer(tx, id)
        await accounts.reinstate(tx, id)
    return _done(request, id, _("The account is active again."))


@post("/staff/customers/{id:uuid}/closing", name="staff.customers.close", access=staff("customers.do", fresh=True))
async def close(
    request: AnyRequest, id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """Close it for good; orders that are not paid are cancelled by what follows the fact."""
    async with db.transaction(visitor.actor) as tx:
        await _customer(tx, id)
        await accounts.deactivate(tx, id)
    return _done(request, id, _("The account is closed for good. Unpaid orders are being cancelled."))


@post("/staff/customers/{id:uuid}/acting", name="staff.customers.act_as", access=staff("customers.do", fresh=True))
async def act_as(
    request: AnyRequest,
    id: FromPath[UUID],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    form = await read_form(request, Reason)
    if not form.reason.strip():
        errors = {"reason": _("Say why: it is kept in the log.")}
        return await _customer_page(request, db, visitor, id, status=422, errors=errors)
    async with db.transaction(visitor.actor) as tx:
        token = await accounts.act_as(tx, visitor.session_token, id, why=form.reason.strip()[:200])
    answer = redirect(request, url_for(request, "account.show"))
    answer.set_cookie(session_cookie(settings, token))
    answer.set_cookie(acting_cookie(settings))
    return answer


@post("/staff/acting/end", name="staff.acting.end", access=ACTING)
async def stop_acting(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        token = await accounts.stop_acting(tx, visitor.session_token)
    answer = redirect(request, url_for(request, "staff.customers.show", id=visitor.account_id))
    answer.set_cookie(session_cookie(settings, token))
    answer.set_cookie(ended_cookie(settings, "acting"))
    return answer


async def _customer(tx: Transaction, account_id: UUID) -> AccountView:
    """The customer. Raises `AccountUnknown` for who works here: that is another page, and another permission."""
    found = await accounts.account(tx, account_id)
    if found.is_staff:
        raise AccountUnknown
    return found


async def _customer_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    account_id: UUID,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
    note_text: str = "",
) -> Page:
    """All that is known of a customer; that it was looked at is written down."""
    role = visitor.actor.role
    async with db.transaction(visitor.actor) as tx:
        customer = await _customer(tx, account_id)
        await audit.seen(tx, ("customer", account_id), "customer page")
        addresses = await accounts.addresses(tx, account_id)
        spent = (await desk.spent_by(tx, [account_id])).get(account_id, desk.Spent())
        newest = await desk.newest_orders(tx, account_id)
        notes = await accounts.notes_of(tx, account_id)
        talk = await desk.conversation(tx, customer.email) if may(role, "mails.do") else ()
        written = await desk.reviews_of(tx, account_id) if may(role, "reviews.do") else ()
    return page(
        request,
        "staff/customers/show.html",
        status=status,
        customer=customer,
        state=STATES[customer.status],
        addresses=addresses,
        spent=spent,
        orders=[
            [
                Link(order.number, "staff.orders.show", {"number": order.number}),
                order.placed_at,
                STATUSES[order.status],
                PAYMENTS[order.payment] if order.payment is not None else None,
                order.total,
            ]
            for order in newest
        ],
        notes=notes,
        talk=[_told(request, said) for said in talk],
        reviews=[
            [
                Link(review.words or _("Stars alone"), "staff.reviews.show", {"id": review.id}),
                review.product_name,
                REVIEW_STATES[review.status],
                review.created_at,
                review.stars,
            ]
            for review in written
        ],
        note_text=note_text,
        errors=errors or {},
    )


def _told(request: AnyRequest, said: desk.Said) -> Happened:
    """A message or an answer as an entry of the timeline."""
    if said.is_answer:
        words, by = _("Answered"), said.by
    else:
        words, by = (_("Wrote, and waits for an answer") if said.is_open else _("Wrote")), said.order_number
    href = url_for(request, "staff.messages.show", id=said.message_id)
    return Happened(said.at, words, by, said.words, kind="message", href=href)


def _done(request: AnyRequest, account_id: UUID, said: str) -> Page:
    answer = redirect(request, url_for(request, "staff.customers.show", id=account_id))
    say(request, answer, said)
    return answer


ROUTES = [
    *list_routes(CUSTOMERS, desk.find_customers),
    show,
    note,
    suspend,
    reinstate,
    close,
    act_as,
    stop_acting,
]
