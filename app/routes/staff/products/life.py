"""A product's life: published, hidden, put away, taken back, deleted."""

from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import catalog, transfer
from domains.catalog import CannotPublish, WasSold
from domains.kit import Database
from domains.kit.i18n import gettext as _


def _back(request: AnyRequest, product_id: UUID, words: str, kind: str = "success") -> Page:
    answer = redirect(request, url_for(request, "staff.products.show", product_id=product_id))
    say(request, answer, words, kind)
    return answer


@post("/staff/products/{product_id:uuid}/publication", name="staff.products.publish", access=staff("catalogue.do"))
async def publish(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    try:
        async with db.transaction(visitor.actor) as tx:
            await catalog.publish(tx, product_id)
    except CannotPublish as refused:
        return _back(request, product_id, f"{refused.title} {refused.hint}", "error")
    return _back(request, product_id, _("Shoppers can see it now."))


@post("/staff/products/{product_id:uuid}/hiding", name="staff.products.hide", access=staff("catalogue.do"))
async def hide(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await catalog.unpublish(tx, product_id)
    return _back(request, product_id, _("Shoppers no longer see it."))


@post("/staff/products/{product_id:uuid}/archiving", name="staff.products.archive", access=staff("catalogue.do"))
async def archive(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await catalog.archive(tx, product_id)
    return _back(request, product_id, _("It is archived. Orders keep it, and you find it under “Archived”."))


@post("/staff/products/{product_id:uuid}/return", name="staff.products.take_back", access=staff("catalogue.do"))
async def take_back(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await catalog.take_back(tx, product_id)
    return _back(request, product_id, _("It is back, and hidden until you publish it."))


@post("/staff/products/{product_id:uuid}/deletion", name="staff.products.delete", access=staff("catalogue.do"))
async def delete(
    request: AnyRequest, product_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    try:
        async with db.transaction(visitor.actor) as tx:
            await transfer.remove_product(tx, product_id)
    except WasSold as refused:
        return _back(request, product_id, f"{refused.title} {refused.hint}", "error")
    answer = redirect(request, url_for(request, "staff.products"))
    say(request, answer, _("It is deleted."))
    return answer


ROUTES = [publish, hide, archive, take_back, delete]
