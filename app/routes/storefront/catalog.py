"""The shelves: categories and products. The same for everybody, so that any cache may keep them."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

import msgspec
from babel import Locale
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from app.routes.storefront import structured
from app.routes.storefront.listings import filters_of, shelve, with_address
from app.routes.storefront.picker import pick
from app.routes.storefront.reviews import SORTS as REVIEW_SORTS
from app.routes.storefront.reviews import shown_beside
from app.web import htmx
from app.web.access import PUBLIC
from app.web.htmx import AnyRequest
from app.web.page import Page, moved, page, redirect, url_for
from domains import catalog, inventory, pricing, search, shipping, store
from domains.kit import Actor, Database, Money, Transaction

READER = Actor.guest()

PageNumber = Annotated[str | None, QueryParameter(name="page")]


class Delivery(msgspec.Struct, frozen=True):
    """The first way to deliver in the shop's own country, for the line on a product page."""

    country: str
    option: shipping.ShippingOption


@get("/categories/{slug:str}", name="categories.show", access=PUBLIC)
async def show_category(
    request: AnyRequest,
    db: NamedDependency[Database],
    slug: FromPath[str],
    sort: FromQuery[str | None] = None,
    page_number: PageNumber = None,
) -> Page:
    order = sort_of(sort)
    async with db.transaction(READER) as tx:
        try:
            category = await catalog.category_by_slug(tx, slug)
        except catalog.CategoryNotFound as missing:
            if (now_at := await catalog.new_address(tx, catalog.category_path(slug))) is not None:
                return moved(request, now_at)
            return await _missing(request, tx, missing, status=404)
        currency = (await store.shop(tx)).currency
        listing = await search.listing(
            tx,
            currency=currency,
            category_id=category.id,
            filters=filters_of(request, currency),
            sort=order,
            page=number_of(page_number),
        )
    shelf = shelve(request, listing, route="categories.show", path={"slug": slug}, hidden={})
    answer = page(
        request,
        "catalog/category.html",
        fragment="listing",
        also=("announcement_oob",),
        cacheable=True,
        category=category,
        shelf=shelf,
        canonical=structured.absolute(
            request,
            "categories.show",
            slug=slug,
            page=listing.page if listing.filters.is_empty and listing.page > 1 else None,
        ),
        structured_data=[structured.breadcrumbs(request, category.trail)],
    )
    return with_address(answer, request, shelf)


@get("/products/{slug:str}", name="products.show", access=PUBLIC)
async def show_product(
    request: AnyRequest, db: NamedDependency[Database], slug: FromPath[str], variant: FromQuery[str | None] = None
) -> Page:
    async with db.transaction(READER) as tx:
        try:
            product = await catalog.product_by_slug(tx, slug)
        except catalog.ProductGone as gone:
            return await _missing(request, tx, gone, status=410, category=gone.category)
        except catalog.ProductNotFound as missing:
            if (now_at := await catalog.new_address(tx, catalog.product_path(slug))) is not None:
                return moved(request, now_at)
            return await _missing(request, tx, missing, status=404)
        shop = await store.shop(tx)
        currency = shop.currency
        ids = [one.id for one in product.variants]
        prices = await pricing.prices(tx, ids, currency)
        cut = [one for one in ids if one in prices and prices[one].is_reduced] if shop.tells_lowest_price else []
        lowest = await pricing.lowest_before_cut(tx, cut, currency)
        stock = await inventory.availability(tx, ids)
        chosen = _chosen(product, variant, request.query_params)
        picker = pick(product, chosen, prices, stock, lowest)
        part = htmx.wants_fragment(request)
        related = [] if part else await search.related(tx, product.id, 4, currency=currency)
        delivery = await _delivery(request, tx, product, picker.price)
    if chosen and picker.variant is not None and variant is None and not part:
        return redirect(request, url_for(request, "products.show", slug=slug, variant=picker.variant.sku))
    said = await shown_beside(db, product.id)
    answer = page(
        request,
        "catalog/product.html",
        fragment="buy",
        also=("gallery_oob", "picked_oob"),
        cacheable=True,
        product=product,
        picker=picker,
        gallery=_gallery(product, picker.variant),
        related=related,
        delivery=delivery,
        reviews=said,
        reported="",
        sorts=REVIEW_SORTS,
        canonical=structured.absolute(request, "products.show", slug=slug),
        structured_data=[
            structured.product(request, product, prices, stock, said),
            structured.breadcrumbs(request, product.trail, last=product.name),
        ],
    )
    if part:
        sku = picker.variant.sku if picker.variant is not None else None
        htmx.replace(answer, url_for(request, "products.show", slug=slug, variant=sku))
    return answer


def sort_of(text: str | None) -> search.Sort:
    """The order an address asks for; the usual one for anything else."""
    try:
        return search.Sort(text or search.Sort.FEATURED)
    except ValueError:
        return search.Sort.FEATURED


def number_of(text: str | None) -> int:
    """The page an address asks for; the first for anything that is no number of one."""
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _chosen(product: catalog.ProductView, sku: str | None, query: Mapping[str, str]) -> dict[UUID, UUID]:
    """What is chosen of each option: by the variant in the address, or by the values that the form sent."""
    variant = product.variant(sku) if sku else None
    if variant is not None:
        return {
            option.id: value.id for option in product.options for value in option.values if value.id in variant.values
        }
    asked = {str(query.get(f"value{number}", "")) for number in range(1, len(product.options) + 1)}
    return {option.id: value.id for option in product.options for value in option.values if str(value.id) in asked}


def _gallery(product: catalog.ProductView, variant: catalog.ProductVariant | None) -> list[catalog.Picture]:
    """The product's pictures, the variant's own in front."""
    if variant is None or variant.picture is None:
        return list(product.images)
    own = variant.picture
    return [own, *(image for image in product.images if image.media_id != own.media_id)]


async def _delivery(
    request: AnyRequest, tx: Transaction, product: catalog.ProductView, price: Money | None
) -> Delivery | None:
    if price is None or all(one.is_digital for one in product.variants):
        return None
    country = (await store.shop(tx)).country
    weight = max((one.weight_grams or product.weight_grams or 0 for one in product.variants), default=0)
    try:
        options = await shipping.options(
            tx, country=country, state="", postal_code="", weight_grams=weight, subtotal=price
        )
    except shipping.NoDelivery:
        return None
    locale = Locale.parse(request.app.state.shell().locale)
    sent = [option for option in options if not option.is_pick_up] or options
    return Delivery(locale.territories.get(country, country), sent[0])


async def _missing(
    request: AnyRequest,
    tx: Transaction,
    missing: catalog.CategoryNotFound | catalog.ProductNotFound,
    *,
    status: int,
    category: tuple[str, str] | None = None,
) -> Page:
    """A page that says what is missing and leads on, with the status that search engines understand."""
    currency = (await store.shop(tx)).currency
    beside = None
    if category is not None:
        found = await catalog.category_by_slug(tx, category[1])
        beside = await search.listing(tx, currency=currency, category_id=found.id)
    cards = list(beside.cards[:4]) if beside is not None else []
    return page(
        request,
        "catalog/missing.html",
        status=status,
        missing=missing,
        name=missing.name if isinstance(missing, catalog.ProductGone) else "",
        category=category,
        cards=cards or await search.popular(tx, 4, currency=currency),
    )


ROUTES = [show_category, show_product]
