"""What every page of a product shows around itself."""

from typing import Any
from uuid import UUID

import msgspec

from app.routes.staff.products.listing import STATES
from app.web.htmx import AnyRequest
from app.web.page import Page, page
from app.web.staff.cells import State
from domains import catalog, store
from domains.catalog import ProductRecord, ProductState
from domains.kit import Transaction


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A product, its state, and the currency that its prices are entered in."""

    product: ProductRecord
    standing: ProductState
    currency: str

    @property
    def state(self) -> State:
        if self.standing.archived_at is not None:
            return STATES["archived"]
        return STATES["shown" if self.standing.is_active else "hidden"]


async def frame_of(tx: Transaction, product_id: UUID, *, currency: str = "") -> Frame:
    """The product's frame; a page that only shows hands in the shop's `currency`, which it knows, and saves a query.

    Raises `catalog.ProductNotFound`.
    """
    found = await catalog.product_records(tx, ids=[product_id])
    if not found:
        raise catalog.ProductNotFound
    return Frame(
        product=found[0],
        standing=await catalog.product_state(tx, product_id),
        currency=currency or (await store.shop(tx)).currency,
    )


def product_page(request: AnyRequest, template: str, frame: Frame, *, here: str, **context: Any) -> Page:
    """A page of the product; `here` is the route that it is the page of."""
    return page(
        request,
        template,
        frame=frame,
        product=frame.product,
        version=frame.standing.version,
        here_is=here,
        **context,
    )
