"""What is to be fetched for many orders, by the places on the shelves: a page to print or to carry along."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency

from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page
from app.web.visitors import Visitor
from domains import fulfilment, inventory
from domains.inventory import WarehouseView
from domains.kit import Database
from domains.kit.i18n import gettext as _


@get("/staff/fulfilment/picking", name="staff.fulfilment.picking", access=staff("fulfilment.see"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        places = await inventory.warehouses(tx)
        chosen = _chosen(places, request.query_params.get("warehouse", ""))
        found = await fulfilment.picking_list(tx, warehouse_id=chosen) if chosen is not None else None
        now = await tx.now()
    return page(
        request,
        "staff/fulfilment/picking.html",
        places=[(str(each.id), each.name) for each in places],
        chosen=next((each for each in places if each.id == chosen), None),
        found=found,
        now=now,
        title=_("Picking list"),
    )


def _chosen(places: list[WarehouseView], typed: str) -> UUID | None:
    """The warehouse asked for, else the first."""
    for each in places:
        if str(each.id) == typed:
            return each.id
    return places[0].id if places else None


ROUTES: list[Any] = [show]
