"""What failed in the background and waits for somebody: facts not taken in, notices of the gateway not worked off."""

from typing import Literal
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import desk
from domains.kit import Database
from domains.kit.i18n import gettext as _


class Again(msgspec.Struct, forbid_unknown_fields=True):
    kind: Literal["delivery", "webhook"]
    id: str
    subscriber: str = ""


@get("/staff/settings/failures", name="staff.settings.failures", access=staff("settings.do"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        stuck = await desk.stuck(tx)
        count = await desk.count_stuck(tx)
    return page(request, "staff/settings/failures.html", stuck=stuck, count=count)


@post("/staff/settings/failures", name="staff.settings.failures.again", access=staff("settings.do"))
async def try_again(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, Again)
    async with db.transaction(visitor.actor) as tx:
        if form.kind == "webhook":
            tried = await desk.replay_webhook(tx, form.id)
        else:
            tried = await desk.replay(tx, form.subscriber, _uuid(form.id))
    answer = redirect(request, url_for(request, "staff.settings.failures"))
    if tried:
        say(request, answer, _("It is tried again within seconds. If it fails again it comes back here."))
    else:
        say(request, answer, _("It does not wait here any more."), "info")
    return answer


@post("/staff/settings/failures/all", name="staff.settings.failures.all", access=staff("settings.do"))
async def try_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        count = await desk.replay_all(tx)
    answer = redirect(request, url_for(request, "staff.settings.failures"))
    say(request, answer, _("{count} are tried again within seconds.").format(count=count))
    return answer


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


ROUTES = [show, try_again, try_all]
