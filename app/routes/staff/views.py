"""Views that staff keep of a list, and the columns each person wants to see."""

from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, redirect
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import accounts, desk
from domains.kit import Database, Invalid
from domains.kit.i18n import gettext as _

type Key = Annotated[str, msgspec.Meta(max_length=60)]


class KeepView(msgspec.Struct, forbid_unknown_fields=True):
    list: Key
    back: str
    name: str = ""
    query: str = ""
    is_shared: bool = False


class RemoveView(msgspec.Struct, forbid_unknown_fields=True):
    back: str


class ShowColumns(msgspec.Struct, forbid_unknown_fields=True):
    list: Key
    back: str
    columns: Annotated[tuple[str, ...], msgspec.Meta(max_length=60)] = ()
    reset: bool = False


@post("/staff/views", name="staff.views.save", access=staff("desk.see"))
async def save(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, KeepView)
    assert visitor.account_id is not None  # the guard has seen to it
    back = _in_the_desk(form.back)
    try:
        async with db.transaction(visitor.actor) as tx:
            view_id = await desk.save_view(
                tx, visitor.account_id, form.list, name=form.name, query=form.query, is_shared=form.is_shared
            )
    except Invalid as refused:
        answer = redirect(request, f"{back}?{form.query}" if form.query else back)
        say(request, answer, " ".join(refused.fields.values()), "error")
        return answer
    answer = redirect(request, f"{back}?{form.query}&view={view_id}" if form.query else f"{back}?view={view_id}")
    say(request, answer, _("The view is kept."))
    return answer


@post("/staff/views/{view:uuid}/removal", name="staff.views.remove", access=staff("desk.see"))
async def remove(
    request: AnyRequest, view: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, RemoveView)
    assert visitor.account_id is not None  # the guard has seen to it
    async with db.transaction(visitor.actor) as tx:
        await desk.remove_view(tx, visitor.account_id, view)
    answer = redirect(request, _in_the_desk(form.back))
    say(request, answer, _("The view is removed."))
    return answer


@post("/staff/columns", name="staff.columns", access=staff("desk.see"))
async def show_columns(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, ShowColumns)
    assert visitor.account is not None  # the guard has seen to it
    chosen = dict(visitor.account.preferences.get("columns", {}))
    chosen.pop(form.list, None)
    if not form.reset:
        # The first column is always there: it stands for "none but the first", which is a choice too.
        chosen[form.list] = ["", *(key[:60] for key in form.columns)]
    async with db.transaction(visitor.actor) as tx:
        await accounts.prefer(tx, visitor.account.id, "columns", dict(list(chosen.items())[-60:]))
    return redirect(request, _in_the_desk(form.back))


def _in_the_desk(back: str) -> str:
    """Where to go back to: a page of the back office, whatever was sent."""
    parts = urlsplit(back)
    is_ours = not parts.scheme and not parts.netloc and (parts.path == "/staff" or parts.path.startswith("/staff/"))
    return back if is_ours and "\\" not in back else "/staff"


ROUTES = [save, remove, show_columns]
