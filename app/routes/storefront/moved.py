"""Addresses that the goods had before: those of a Shopify shop, and those of this one before a name was changed."""

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.storefront.catalog import READER
from app.web.access import PUBLIC
from app.web.htmx import AnyRequest
from app.web.page import Page, moved, url_for
from domains import catalog
from domains.kit import Database


@get(["/collections", "/collections/all"], name="moved.collections", access=PUBLIC, sync_to_thread=False)
def collections(request: AnyRequest) -> Page:
    return moved(request, url_for(request, "home"))


@get("/collections/{slug:str}", name="moved.collection", access=PUBLIC)
async def collection(request: AnyRequest, db: NamedDependency[Database], slug: FromPath[str]) -> Page:
    """A collection is the category of the same address. Raises `CategoryNotFound` where there is none."""
    async with db.transaction(READER) as tx:
        kept = await catalog.new_address(tx, f"/collections/{slug}")
        kept = kept or await catalog.new_address(tx, catalog.category_path(slug))
        if kept is None:
            await catalog.category_by_slug(tx, slug)
    return moved(request, kept or url_for(request, "categories.show", slug=slug))


@get("/collections/{slug:str}/products/{product:str}", name="moved.product", access=PUBLIC)
async def product_in_collection(
    request: AnyRequest, db: NamedDependency[Database], slug: FromPath[str], product: FromPath[str]
) -> Page:
    async with db.transaction(READER) as tx:
        kept = await catalog.new_address(tx, catalog.product_path(product))
    return moved(request, kept or url_for(request, "products.show", slug=product))


ROUTES = [collections, collection, product_in_collection]
