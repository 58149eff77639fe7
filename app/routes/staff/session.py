"""Coming in: the second factor after the password, and the password once more where that is long ago."""

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.routes.storefront.account.proving import client_key, refusal
from app.runtime.settings import Settings
from app.web.access import ENTERING, staff
from app.web.forms import PASSWORD_AGAIN, read_form
from app.web.freshness import prove_again
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.safe_paths import own_path
from app.web.visitors import Visitor, session_cookie
from domains import accounts
from domains.accounts import AccountView
from domains.kit import Database, Invalid, TooMany

HOME = "/staff"


class Code(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    next: str = ""


class PasswordAgain(msgspec.Struct, forbid_unknown_fields=True):
    next: str = ""


@get("/staff/second-factor", name="staff.second_factor", access=ENTERING)
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    next: FromQuery[str | None] = None,
) -> Page:
    if visitor.entering is None:
        return redirect(request, own_path(next or "", HOME))
    async with db.transaction(visitor.actor) as tx:
        factors = await accounts.factors(tx, visitor.entering.id)
    if not factors.is_enrolled:
        return redirect(request, url_for(request, "staff.second_factor.enrol", next=next or None))
    return page(
        request, "staff/access/second_factor.html", factors=factors, form=Code("", own_path(next or "", "")), errors={}
    )


@post("/staff/second-factor", name="staff.second_factor.post", access=ENTERING)
async def enter(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    form = await read_form(request, Code)
    if visitor.entering is None:
        return redirect(request, own_path(form.next, HOME))
    try:
        token = await _passed(request, db, visitor, visitor.entering, form.code)
    except (Invalid, TooMany) as refused:
        status, errors, headers = refusal(refused, field="code")
        async with db.transaction(visitor.actor) as tx:
            factors = await accounts.factors(tx, visitor.entering.id)
        form.code = ""
        answer = page(
            request, "staff/access/second_factor.html", status=status, factors=factors, form=form, errors=errors
        )
        answer.headers.update(headers)
        return answer
    answer = redirect(request, own_path(form.next, HOME))
    answer.set_cookie(session_cookie(settings, token))
    return answer


async def _passed(request: AnyRequest, db: Database, visitor: Visitor, member: AccountView, code: str) -> str:
    """The token of the session that goes on, if the code is one of the app's or a recovery code."""
    async with db.transaction(visitor.actor) as tx:
        try_id = await accounts.begin_code_try(tx, member.id, client=client_key(request))
    try:
        async with db.transaction(visitor.actor) as tx:
            if "".join(code.split()).isdigit():
                await accounts.use_totp(tx, member.id, code)
            else:
                await accounts.use_recovery_code(tx, member.id, code)
            token = await accounts.pass_second_factor(tx, visitor.session_token)
            await accounts.try_passed(tx, try_id)
    except accounts.CodeWrong:
        async with db.transaction(visitor.actor) as tx:
            await accounts.try_failed(tx, try_id)
        raise
    return token


@get("/staff/password", name="staff.password", access=staff("desk.see"))
async def show_password(
    request: AnyRequest, visitor: NamedDependency[Visitor], next: FromQuery[str | None] = None
) -> Page:
    """Asked before a page that wants a fresh password; a form that wants one asks for itself."""
    to = own_path(next or "", HOME)
    if visitor.session is not None and visitor.session.is_fresh:
        return redirect(request, to)
    return page(request, "staff/access/password.html", to=to, errors={})


@post("/staff/password", name="staff.password.post", access=staff("desk.see"))
async def give_password(request: AnyRequest, visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, PasswordAgain)
    to = own_path(form.next, HOME)
    typed = str((await request.form()).get(PASSWORD_AGAIN, ""))
    try:
        await prove_again(request, visitor, typed)
    except (Invalid, TooMany) as refused:
        status, errors, headers = refusal(refused, field=PASSWORD_AGAIN)
        answer = page(request, "staff/access/password.html", status=status, to=to, errors=errors)
        answer.headers.update(headers)
        return answer
    return redirect(request, to)


ROUTES = [show, enter, show_password, give_password]
