"""What search engines are told, as schema.org data; templates write it with `tojson`, which escapes for a script."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.web.htmx import AnyRequest
from app.web.page import url_for
from domains.catalog import Crumb, Picture, ProductVariant, ProductView
from domains.inventory import Availability
from domains.pricing import Price
from domains.reviews import Rating, ReviewPage, ReviewView

_MOST_REVIEWS = 3

_AVAILABILITY = {
    "in_stock": "https://schema.org/InStock",
    "low": "https://schema.org/LimitedAvailability",
    "backorder": "https://schema.org/BackOrder",
    "out": "https://schema.org/OutOfStock",
}


def absolute(request: AnyRequest, name: str, **params: Any) -> str:
    """The whole address of a route, host included: the shop's own, never the request's."""
    base: str = request.app.state.shell().base_url
    return base + url_for(request, name, **params)


def breadcrumbs(request: AnyRequest, trail: Sequence[Crumb], *, last: str = "") -> dict[str, Any]:
    """The way to a page; `last` is the page itself where it is no category."""
    items: list[dict[str, Any]] = [
        {"@type": "ListItem", "name": crumb.name, "item": absolute(request, "categories.show", slug=crumb.slug)}
        for crumb in trail
    ]
    if last:
        items.append({"@type": "ListItem", "name": last})
    for position, item in enumerate(items, 1):
        item["position"] = position
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def shop(request: AnyRequest) -> dict[str, Any]:
    """The shop, and how it is searched."""
    shell = request.app.state.shell()
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": shell.name,
        "url": absolute(request, "home"),
        "publisher": {"@type": "Organization", "name": shell.name, "url": absolute(request, "home")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": absolute(request, "search.show") + "?q={search_term_string}",
            "query-input": "required name=search_term_string",
        },
    }


def product(
    request: AnyRequest,
    view: ProductView,
    prices: Mapping[UUID, Price],
    stock: Mapping[UUID, Availability],
    said: ReviewPage | None = None,
) -> dict[str, Any]:
    """A product with its offer, or a group with one product and offer per variant; what buyers say stands with the
    whole, as on its page."""
    shared: dict[str, Any] = {"name": view.name, "url": absolute(request, "products.show", slug=view.slug)}
    if view.description:
        shared["description"] = " ".join(view.description.split())
    if view.images:
        shared["image"] = [_address(request, image) for image in view.images]
    if view.brand:
        shared["brand"] = {"@type": "Brand", "name": view.brand}
    if said is not None and said.rating is not None:
        shared |= _rated(said.rating, said.reviews)
    if len(view.variants) == 1:
        one = _variant(request, view, view.variants[0], prices, stock)
        return {"@context": "https://schema.org", **shared, **one, "name": view.name}
    return {
        "@context": "https://schema.org",
        "@type": "ProductGroup",
        "productGroupID": view.sku,
        **shared,
        "variesBy": [option.name for option in view.options],
        "hasVariant": [_variant(request, view, variant, prices, stock) for variant in view.variants],
    }


def _rated(rating: Rating, shown: Sequence[ReviewView]) -> dict[str, Any]:
    """The rating as the page shows it, and the first reviews that it shows with words."""
    worded = [review for review in shown if review.title or review.body][:_MOST_REVIEWS]
    found: dict[str, Any] = {
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": str(rating.shown),
            "reviewCount": rating.count,
            "bestRating": 5,
            "worstRating": 1,
        }
    }
    if worded:
        found["review"] = [_review(review) for review in worded]
    return found


def _review(review: ReviewView) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@type": "Review",
        "author": {"@type": "Person", "name": review.name},
        "datePublished": review.created_at.date().isoformat(),
        "reviewRating": {"@type": "Rating", "ratingValue": review.stars, "bestRating": 5, "worstRating": 1},
    }
    if review.title:
        described["name"] = review.title
    if review.body:
        described["reviewBody"] = review.body
    return described


def _variant(
    request: AnyRequest,
    view: ProductView,
    variant: ProductVariant,
    prices: Mapping[UUID, Price],
    stock: Mapping[UUID, Availability],
) -> dict[str, Any]:
    words = view.words(variant)
    described: dict[str, Any] = {
        "@type": "Product",
        "sku": variant.sku,
        "name": f"{view.name} ({words})" if words else view.name,
    }
    if variant.barcode is not None and variant.barcode.isdecimal() and len(variant.barcode) in {8, 12, 13, 14}:
        described["gtin"] = variant.barcode
    if variant.picture is not None:
        described["image"] = _address(request, variant.picture)
    chosen = set(variant.values)
    properties = [
        {"@type": "PropertyValue", "name": option.name, "value": value.value}
        for option in view.options
        for value in option.values
        if value.id in chosen
    ]
    if properties:
        described["additionalProperty"] = properties
    price = prices.get(variant.id)
    if price is not None:
        described["offers"] = {
            "@type": "Offer",
            "url": absolute(request, "products.show", slug=view.slug, variant=variant.sku),
            "price": f"{price.amount.decimal:f}",
            "priceCurrency": price.amount.currency,
            "availability": _AVAILABILITY[stock[variant.id].state if variant.id in stock else "out"],
            "itemCondition": "https://schema.org/NewCondition",
        }
    return described


def _address(request: AnyRequest, picture: Picture) -> str:
    address: str = request.app.state.templates.globals["media"](picture.key)
    base: str = request.app.state.shell().base_url
    return base + address if address.startswith("/") else address
