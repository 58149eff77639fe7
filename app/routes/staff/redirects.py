"""Old addresses and where they lead: kept by themselves when a page is renamed, or made by staff."""

from typing import Annotated

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

from app.routes.staff.own_addresses import within_the_shop
from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, redirect, url_for
from app.web.staff.cells import Value
from app.web.staff.desk import say
from app.web.staff.lists import Bulk, Chosen, Column, StaffList
from app.web.staff.showing import bulk_route, show_list
from app.web.visitors import Visitor
from domains import audit, catalog, content
from domains.content import Redirect
from domains.kit import Actor, Database, Invalid, NotFound, Transaction
from domains.kit.i18n import gettext as _


class RedirectForm(msgspec.Struct, forbid_unknown_fields=True):
    path: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    target: Annotated[str, msgspec.Meta(max_length=1000)] = ""


async def _remove(db: Database, actor: Actor, chosen: Chosen) -> str:
    gone = 0
    with audit.together(chosen.batch):
        async with db.transaction(actor) as tx:
            for redirect_id in chosen.ids:
                try:
                    await content.remove_redirect(tx, redirect_id)
                except content.RedirectNotFound:
                    continue  # a colleague was quicker
                gone += 1
    return _("{count} redirects are gone. The audit log takes it back.").format(count=gone)


def _why(row: Redirect) -> Value:
    return _("the page was renamed") if row.is_kept else _("made by staff")


REDIRECTS = StaffList(
    key="redirects",
    title=_("Redirects"),
    route="staff.redirects",
    permission="pages.do",
    search=_("Address"),
    sort="-created",
    columns=(
        Column("path", _("Old address"), sort="path"),
        Column("target", _("Leads to")),
        Column("why", _("Because"), _why, phone=False),
        Column("created_at", _("Since"), sort="created", down=True),
    ),
    bulk=(
        Bulk(
            key="remove",
            label=_("Remove"),
            permission="pages.do",
            question=_("Remove {count} redirects? Their old addresses answer that there is nothing."),
            apply=_remove,
            is_dangerous=True,
        ),
    ),
    empty=_("No redirects"),
    empty_hint=_("When a page gets another address its old one is kept here by itself."),
)


@get("/staff/pages/redirects", name="staff.redirects", access=staff("pages.do"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _list(request, db, visitor, RedirectForm())


@post("/staff/pages/redirects", name="staff.redirects.add", access=staff("pages.do"))
async def add(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, RedirectForm)
    path, target = within_the_shop(request, form.path), within_the_shop(request, form.target)
    try:
        async with db.transaction(visitor.actor) as tx:
            await _refuse_live(tx, request, path)
            await content.add_redirect(tx, path=path, target=target)
    except Invalid as refused:
        return await _list(request, db, visitor, form, errors=refused.fields)
    answer = redirect(request, url_for(request, "staff.redirects"))
    say(request, answer, _("{path} leads on from now on.").format(path=content.plain_path(path)))
    return answer


async def _refuse_live(tx: Transaction, request: AnyRequest, path: str) -> None:
    """An address at which something is never leads elsewhere. Raises `Invalid`."""
    plain = content.plain_path(path)
    is_live = any(route.path == plain for route in request.app.routes)
    kind, _slash, slug = plain.removeprefix("/").partition("/")
    try:
        if kind == "products":
            is_live = bool(await catalog.product_by_slug(tx, slug))
        elif kind == "categories":
            is_live = bool(await catalog.category_by_slug(tx, slug))
    except NotFound:
        renamed = await catalog.new_address(tx, plain)
        if renamed is not None:
            words = _("This address leads to {target} already, because that was renamed.").format(target=renamed)
            raise Invalid({"path": words}) from None
    if is_live:
        raise Invalid({"path": _("Shoppers find something at this address. Only one where nothing is leads on.")})


async def _list(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    form: RedirectForm,
    *,
    errors: dict[str, str] | None = None,
) -> Page:
    answer = await show_list(
        request,
        db,
        visitor,
        REDIRECTS,
        content.find_redirects,
        template="staff/redirects/list.html",
        form=form,
        errors=errors or {},
    )
    if errors:
        answer.status_code = 422
    return answer


ROUTES = [show_all, add, bulk_route(REDIRECTS, content.find_redirects, path="/staff/pages/redirects")]
