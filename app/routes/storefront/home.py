"""The home page: its sections with what each shows. The same for everybody, so that any cache may keep it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency

from app.routes.storefront import structured
from app.routes.storefront.catalog import READER
from app.web.access import PUBLIC
from app.web.htmx import AnyRequest
from app.web.page import Page, page
from domains import catalog, content, search, store
from domains.content import Banner, Bestsellers, Categories, ChosenProducts, FeaturedCategory, Newest, Words
from domains.kit import Database, Transaction


class Shown(msgspec.Struct, frozen=True):
    """A section with all that it shows; `has_button` where a banner's button leads somewhere."""

    section: content.AnySection
    kind: str
    cards: Sequence[search.Card] = ()
    categories: Sequence[catalog.CategoryNode] = ()
    picture: catalog.Picture | None = None
    html: str = ""
    has_button: bool = False


@get("/", name="home", access=PUBLIC)
async def home(request: AnyRequest, db: NamedDependency[Database]) -> Page:
    async with db.transaction(READER) as tx:
        shown = await arranged(tx, await content.home(tx))
    return home_answer(request, shown)


def home_answer(request: AnyRequest, shown: Sequence[Shown], *, is_preview: bool = False) -> Page:
    """The home page of these sections; a preview is nobody's but who asked for it."""
    return page(
        request,
        "catalog/home.html",
        cacheable=not is_preview,
        shown=shown,
        is_preview=is_preview,
        canonical=structured.absolute(request, "home"),
        structured_data=[structured.shop(request)],
    )


async def arranged(tx: Transaction, sections: content.Sections, shop: store.Shop | None = None) -> list[Shown]:
    """The sections with what they show; one that has nothing to show is left out."""
    shop = shop or await store.shop(tx)
    tree = await catalog.tree(tx)
    words = content.words_of(sections, shop)
    banners = [one.picture_id for one in sections if isinstance(one, Banner)]
    pictures = await catalog.pictures_of(tx, banners) if any(banners) else {}
    found = [
        await _shown(tx, one, currency=shop.currency, tree=tree, words=words, pictures=pictures) for one in sections
    ]
    shown = [one for one in found if one is not None]
    anchors = {f"#{one.section.id}" for one in shown}
    return [
        msgspec.structs.replace(one, has_button=not one.section.link.startswith("#") or one.section.link in anchors)
        if isinstance(one.section, Banner) and one.section.link
        else one
        for one in shown
    ]


async def _shown(
    tx: Transaction,
    section: content.AnySection,
    *,
    currency: str,
    tree: Sequence[catalog.CategoryNode],
    words: Mapping[str, str],
    pictures: Mapping[UUID, catalog.Picture],
) -> Shown | None:
    kind = content.kind_of(section)
    cards: list[search.Card] = []
    match section:
        case Banner():
            return Shown(section, kind, picture=pictures.get(section.picture_id) if section.picture_id else None)
        case Words():
            return Shown(section, kind, html=words[section.id])
        case Categories():
            return Shown(section, kind, categories=tree[: section.count]) if tree else None
        case FeaturedCategory():
            category = _category(tree, section.category_id)
            if category is None:
                return None
            cards = await search.popular(tx, section.count, currency=currency, category_id=category.id)
            return Shown(section, kind, cards=cards, categories=[category])
        case ChosenProducts():
            cards = await search.chosen(tx, section.product_ids, currency=currency)
        case Newest():
            cards = await search.newest(tx, section.count, currency=currency)
        case Bestsellers():
            cards = await search.popular(tx, section.count, currency=currency, sold_only=True)
        case _:
            return Shown(section, kind)
    return Shown(section, kind, cards=cards) if cards else None


def _category(tree: Sequence[catalog.CategoryNode], category_id: UUID) -> catalog.CategoryNode | None:
    for node in tree:
        found = node if node.id == category_id else _category(node.children, category_id)
        if found is not None:
            return found
    return None


ROUTES = [home]
