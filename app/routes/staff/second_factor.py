"""Setting up the second factor at the first log-in: an authenticator app or a passkey, and ten recovery codes."""

from collections.abc import Mapping

import msgspec
import segno
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.routes.staff.session import HOME
from app.routes.storefront.account.proving import client_key, refusal
from app.runtime.settings import Settings
from app.web.access import ENTERING
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.safe_paths import own_path
from app.web.visitors import Visitor, session_cookie
from domains import accounts
from domains.accounts import AccountView
from domains.kit import Database, Invalid, TooMany

_QUIET = 4  # fields of white around a code, without which no camera finds it


class FirstCode(msgspec.Struct, forbid_unknown_fields=True):
    code: str
    next: str = ""


@get("/staff/second-factor/enrol", name="staff.second_factor.enrol", access=ENTERING)
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    next: FromQuery[str | None] = None,
) -> Page:
    member = visitor.entering
    if member is None:
        return redirect(request, own_path(next or "", HOME))
    async with db.transaction(visitor.actor) as tx:
        if (await accounts.factors(tx, member.id)).is_enrolled:
            return redirect(request, url_for(request, "staff.second_factor", next=next or None))
        secret = await accounts.begin_totp(tx, member.id)
    return _asking(request, member, secret, own_path(next or "", ""))


@post("/staff/second-factor/enrol", name="staff.second_factor.enrol.post", access=ENTERING)
async def enrol(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    form = await read_form(request, FirstCode)
    member = visitor.entering
    if member is None:
        return redirect(request, own_path(form.next, HOME))
    try:
        async with db.transaction(visitor.actor) as tx:
            try_id = await accounts.begin_code_try(tx, member.id, client=client_key(request))
        try:
            async with db.transaction(visitor.actor) as tx:
                if (await accounts.factors(tx, member.id)).is_enrolled:
                    return redirect(request, url_for(request, "staff.second_factor", next=form.next or None))
                await accounts.confirm_totp(tx, member.id, form.code)
                codes = await accounts.new_recovery_codes(tx, member.id)
                token = await accounts.pass_second_factor(tx, visitor.session_token)
                await accounts.try_passed(tx, try_id)
        except accounts.CodeWrong:
            async with db.transaction(visitor.actor) as tx:
                await accounts.try_failed(tx, try_id)
            raise
    except (Invalid, TooMany) as refused:
        status, errors, headers = refusal(refused, field="code")
        async with db.transaction(visitor.actor) as tx:
            secret = await accounts.begin_totp(tx, member.id)
        answer = _asking(request, member, secret, form.next, status=status, errors=errors)
        answer.headers.update(headers)
        return answer
    return recovery_codes(request, settings, codes, token, own_path(form.next, HOME))


def recovery_codes(request: AnyRequest, settings: Settings, codes: list[str], token: str, to: str) -> Page:
    """The ten codes, shown this once; with the cookie of the session that goes on."""
    answer = page(request, "staff/access/recovery_codes.html", codes=codes, to=to)
    if token:
        answer.set_cookie(session_cookie(settings, token))
    return answer


class Picture(msgspec.Struct, frozen=True):
    """A QR code for the template to draw: a square of `size`, and the outline of its dark fields."""

    size: int
    path: str


def picture_of(secret: str, member: AccountView, shop: str) -> tuple[Picture, str]:
    """What an authenticator app reads: its picture, and the address in it."""
    address = accounts.totp_address(secret, account=member.email, shop=shop)
    rows = list(segno.make(address, error="m", micro=False).matrix_iter(border=_QUIET))
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Picture(len(rows), dark), address


def spelled(secret: str) -> str:
    """The secret as one types it, four letters at a time."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _asking(
    request: AnyRequest,
    member: AccountView,
    secret: str,
    to: str,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Page:
    picture, address = picture_of(secret, member, request.app.state.shell().name)
    return page(
        request,
        "staff/access/enrol.html",
        status=status,
        picture=picture,
        address=address,
        secret=spelled(secret),
        to=to,
        errors=errors or {},
        member=member,
    )


ROUTES = [show, enrol]
