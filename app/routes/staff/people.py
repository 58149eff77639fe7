"""Who works here: the list, invitations, roles, and who may no longer come in. Managers see, only owners do."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import may, staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import accounts
from domains.accounts import STAFF_ROLES, StaffMember
from domains.kit import Database, Invalid, Transaction
from domains.kit.i18n import gettext as _

ROLE_NAMES = {
    "owner": _("Owner"),
    "manager": _("Manager"),
    "support": _("Support"),
    "warehouse": _("Warehouse"),
    "finance": _("Finance"),
    "marketing": _("Marketing"),
}
ROLE_WORDS = {
    "owner": _("Everything, and who else works here."),
    "manager": _("Everything but who works here."),
    "support": _("Orders, customers and reviews; no refunds, stock or prices."),
    "warehouse": _("Picking, packing, shipping, returns and stock."),
    "finance": _("Refunds, reports and exports; sees orders, stock and prices."),
    "marketing": _("Catalogue, prices, pages and reviews; sees neither orders nor customers."),
}


class Invitation(msgspec.Struct, forbid_unknown_fields=True):
    email: str = ""
    role: str = ""
    first_name: str = ""
    last_name: str = ""


class NewRole(msgspec.Struct, forbid_unknown_fields=True):
    role: str


@get("/staff/people", name="staff.people", access=staff("staff.see"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        members = await accounts.staff_members(tx)
    here = [member for member in members if member.status != "deactivated"]
    return page(
        request,
        "staff/people/list.html",
        rows=[_row(member) for member in here],
        gone=[_row(member) for member in members if member.status == "deactivated"],
        without=sum(not member.is_enrolled and member.status == "active" for member in here),
    )


@get("/staff/people/invite", name="staff.people.invite", access=staff("staff.do"))
async def show_invite(request: AnyRequest) -> Page:
    return _invite_page(request, Invitation(role="support"))


@post("/staff/people/invite", name="staff.people.invite.post", access=staff("staff.do", fresh=True))
async def invite(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, Invitation)
    try:
        async with db.transaction(visitor.actor) as tx:
            member_id = await accounts.invite_staff(
                tx, email=form.email, role=form.role, first_name=form.first_name, last_name=form.last_name
            )
    except Invalid as refused:
        return _invite_page(request, form, status=422, errors=dict(refused.fields))
    except accounts.EmailTaken as refused:
        return _invite_page(request, form, status=409, errors={"email": f"{refused.title} {_('Use another address.')}"})
    return _done(request, member_id, _("The invitation is on its way by mail."))


@get("/staff/people/{member:uuid}", name="staff.people.show", access=staff("staff.see"))
async def show(
    request: AnyRequest, member: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _member_page(request, db, visitor, member)


@post("/staff/people/{member:uuid}/role", name="staff.people.role", access=staff("staff.do", fresh=True))
async def change_role(
    request: AnyRequest, member: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, NewRole)
    try:
        async with db.transaction(visitor.actor) as tx:
            await accounts.change_role(tx, member, form.role)
    except Invalid as refused:
        return await _member_page(request, db, visitor, member, status=422, errors=dict(refused.fields))
    return _done(request, member, _("The role is changed, and all log-ins with the old one have ended."))


@post("/staff/people/{member:uuid}/suspension", name="staff.people.suspend", access=staff("staff.do", fresh=True))
async def suspend(
    request: AnyRequest, member: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _do(request, db, visitor, member, accounts.suspend_staff, _("The account is suspended."))


@post("/staff/people/{member:uuid}/reinstatement", name="staff.people.reinstate", access=staff("staff.do", fresh=True))
async def reinstate(
    request: AnyRequest, member: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _do(request, db, visitor, member, accounts.reinstate_staff, _("The account is active again."))


@post("/staff/people/{member:uuid}/closing", name="staff.people.close", access=staff("staff.do", fresh=True))
async def close(
    request: AnyRequest, member: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _do(request, db, visitor, member, accounts.deactivate_staff, _("The account is closed for good."))


@post("/staff/people/{member:uuid}/second-factor", name="staff.people.reset", access=staff("staff.do", fresh=True))
async def reset(
    request: AnyRequest, member: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    said = _("The second step is reset: it is set up anew at the next log-in.")
    return await _do(request, db, visitor, member, accounts.reset_second_factor_of_staff, said)


@post("/staff/people/{member:uuid}/invitation", name="staff.people.invite_again", access=staff("staff.do", fresh=True))
async def invite_again(
    request: AnyRequest, member: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    said = _("The invitation is on its way once more; the link before no longer works.")
    return await _do(request, db, visitor, member, accounts.invite_again, said)


async def _do(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    member_id: UUID,
    operation: Callable[[Transaction, UUID], Awaitable[None]],
    said: str,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await accounts.staff_member(tx, member_id)  # customers have a page of their own
        await operation(tx, member_id)
    return _done(request, member_id, said)


def _done(request: AnyRequest, member_id: UUID, said: str) -> Page:
    answer = redirect(request, url_for(request, "staff.people.show", member=member_id))
    say(request, answer, said)
    return answer


async def _member_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    member_id: UUID,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        member = await accounts.staff_member(tx, member_id)
    return page(
        request,
        "staff/people/show.html",
        status=status,
        member=member,
        state=_state(member),
        role_name=ROLE_NAMES[member.role],
        roles=_roles(),
        is_self=visitor.account_id == member.id,
        can_change=may(visitor.actor.role, "staff.do") and member.status != "deactivated",
        errors=errors or {},
    )


def _invite_page(
    request: AnyRequest, form: Invitation, *, status: int = 200, errors: dict[str, str] | None = None
) -> Page:
    return page(request, "staff/people/invite.html", status=status, form=form, roles=_roles(), errors=errors or {})


def _roles() -> list[tuple[str, str, str]]:
    return [(role, ROLE_NAMES[role], ROLE_WORDS[role]) for role in STAFF_ROLES]


def _row(member: StaffMember) -> list[Any]:
    return [
        Link(member.name or member.email, "staff.people.show", {"member": member.id}, note=member.email),
        ROLE_NAMES[member.role],
        _state(member),
        State(_("set up"), "good") if member.is_enrolled else State(_("not yet"), "wait"),
        member.last_seen_at,
    ]


def _state(member: StaffMember) -> State:
    if member.status == "deactivated":
        return State(_("closed"))
    if member.status == "suspended":
        return State(_("suspended"), "bad")
    return State(_("active"), "good") if member.has_password else State(_("invited"), "wait")


ROUTES = [show_all, show_invite, invite, show, change_role, suspend, reinstate, close, reset, invite_again]
