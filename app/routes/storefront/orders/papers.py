"""An order's invoice and credit notes, for who owns it or holds a link to it."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from app.runtime.documents import DocumentPrinter
from app.web.access import PUBLIC
from app.web.htmx import AnyRequest
from app.web.order_access import tokens
from app.web.papers import as_pdf
from app.web.visitors import Visitor
from domains import invoicing, orders
from domains.catalog import Storage
from domains.invoicing import DocumentNotFound
from domains.kit import Database


@get("/orders/{number:str}/invoice.pdf", name="orders.invoice", access=PUBLIC)
async def invoice(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    papers: NamedDependency[Storage],
    printer: NamedDependency[DocumentPrinter],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    async with db.transaction(visitor.actor) as tx:
        order = await orders.visible(tx, number, account_id=visitor.account_id, tokens=tokens(request))
        if order.confirmed_at is None:
            raise DocumentNotFound
        found = await invoicing.issue(tx, order.id)
    return await _printed(db, papers, printer, visitor, found.id)


@get("/orders/{number:str}/documents/{label:str}", name="orders.document", access=PUBLIC)
async def document(
    request: AnyRequest,
    number: FromPath[str],
    label: FromPath[str],
    db: NamedDependency[Database],
    papers: NamedDependency[Storage],
    printer: NamedDependency[DocumentPrinter],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    async with db.transaction(visitor.actor) as tx:
        order = await orders.visible(tx, number, account_id=visitor.account_id, tokens=tokens(request))
        found = await invoicing.by_label(tx, order.id, label.removesuffix(".pdf"))
    return await _printed(db, papers, printer, visitor, found.id)


async def _printed(
    db: Database, papers: Storage, printer: DocumentPrinter, visitor: Visitor, document_id: UUID
) -> Response[bytes]:
    return as_pdf(await invoicing.flows.pdf(db, papers, printer, visitor.actor, document_id))


ROUTES = [invoice, document]
