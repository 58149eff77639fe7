"""What can be asked of pages."""

from babel import Locale
from sqlalchemy import select

from domains import store
from domains.content.errors import PageNotFound
from domains.content.models import PageRow
from domains.content.rich_text import fill
from domains.content.states import Kind, Menu
from domains.content.views import MenuEntry, PageView
from domains.kit import Transaction

_LISTED = "SELECT id, slug, title, menu FROM content.pages WHERE is_published ORDER BY position, title, slug"


async def page(tx: Transaction, slug: str) -> PageView:
    """A published page, its placeholders filled. Raises `PageNotFound`."""
    found = await tx.session.execute(select(PageRow).where(PageRow.slug == slug, PageRow.is_published))
    row = found.scalar_one_or_none()
    if row is None:
        raise PageNotFound
    return PageView(
        slug=row.slug,
        title=row.title,
        description=row.description,
        html=fill(row.html, values_of(await store.shop(tx))),
        kind=Kind(row.kind),
        updated_at=row.updated_at,
    )


async def published(tx: Transaction) -> tuple[MenuEntry, ...]:
    """All published pages in menu order."""
    return tuple(MenuEntry(row.slug, row.title, Menu(row.menu), row.id) for row in await tx.sql(_LISTED))


async def menu(tx: Transaction, which: Menu) -> tuple[MenuEntry, ...]:
    """The published pages that a menu lists."""
    return tuple(entry for entry in await published(tx) if entry.menu is which)


def values_of(shop: store.Shop) -> dict[str, tuple[str, ...]]:
    """What placeholders stand for, as lines."""
    names = Locale("en").territories
    return {
        "shop": (shop.name,),
        "legal_name": (shop.legal_name,),
        "address": tuple(shop.address),
        "email": (shop.sender_email,),
        "currency": (shop.currency,),
        "countries": (", ".join(names.get(code, code) for code in shop.countries),),
    }
