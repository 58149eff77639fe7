"""The shop's own pages, and the form by which visitors write to the merchant."""

from typing import Annotated

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.routes.storefront.catalog import READER
from app.routes.storefront.structured import absolute
from app.web.access import PUBLIC
from app.web.client import client_address
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import content, shipping, store
from domains.kit import Database, Invalid, Transaction, new_id

CONTACT = "contact"
_MESSAGES, _WINDOW = 5, 60 * 60  # a person rarely writes more often, a machine does


class Message(msgspec.Struct, forbid_unknown_fields=True):
    """The contact form. `website` is a field no person sees, which only machines fill in; `key` is for two presses."""

    name: str = ""
    email: str = ""
    order_number: str = ""
    message: Annotated[str, msgspec.Meta(max_length=20_000)] = ""
    website: str = ""
    key: Annotated[str, msgspec.Meta(max_length=64)] = ""


@get("/pages/{slug:str}", name="pages.show", access=PUBLIC)
async def show(request: AnyRequest, db: NamedDependency[Database], slug: FromPath[str]) -> Page:
    async with db.transaction(READER) as tx:
        found = await content.page(tx, slug)
        zones = await _zones(tx, found)
    return _show(request, found, zones, form=Message(), cacheable=True)


@get("/pages/contact", name="pages.contact", access=PUBLIC)
async def show_contact(
    request: AnyRequest,
    db: NamedDependency[Database],
    order: FromQuery[str | None] = None,
    sent: FromQuery[str | None] = None,
) -> Page:
    """The contact page; `order` fills in the number, `sent` says that a message has come."""
    async with db.transaction(READER) as tx:
        found = await content.page(tx, CONTACT)
    return _show(
        request,
        found,
        (),
        form=Message(order_number=(order or "")[:40]),
        is_sent=sent is not None,
        cacheable=order is None and sent is None,
    )


@post("/pages/contact", name="pages.contact.post", access=PUBLIC)
async def write(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
) -> Page:
    form = await read_form(request, Message)
    await limiter.hit(
        "contact", client_address(request.scope), amount=_MESSAGES, seconds=_WINDOW, open_without_redis=True
    )
    sent = redirect(request, url_for(request, "pages.contact", sent=1))
    if form.website:
        return sent
    try:
        async with db.transaction(visitor.actor) as tx:
            await content.receive_message(
                tx,
                name=form.name,
                email=form.email,
                body=form.message,
                order_number=form.order_number,
                key=form.key,
            )
    except Invalid as refused:
        async with db.transaction(READER) as tx:
            found = await content.page(tx, CONTACT)
        return _show(request, found, (), form=form, errors=refused.fields, status=422)
    return sent


async def _zones(tx: Transaction, found: content.PageView) -> tuple[shipping.ZonePrices, ...]:
    if found.kind is not content.Kind.DELIVERY:
        return ()
    return await shipping.price_list(tx, currency=(await store.shop(tx)).currency)


def _show(
    request: AnyRequest,
    found: content.PageView,
    zones: tuple[shipping.ZonePrices, ...],
    *,
    form: Message,
    errors: dict[str, str] | None = None,
    is_sent: bool = False,
    status: int = 200,
    cacheable: bool = False,
) -> Page:
    return page(
        request,
        "pages/show.html",
        status=status,
        cacheable=cacheable,
        content=found,
        canonical=absolute(request, "pages.show", slug=found.slug),
        zones=zones,
        form=form,
        key=form.key or new_id().hex,
        errors=errors or {},
        is_sent=is_sent,
    )


ROUTES = [show, show_contact, write]
