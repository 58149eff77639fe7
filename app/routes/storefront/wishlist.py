"""The wish list: its page, what is saved for later, taken off, and moved into the cart."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.storefront.cart import Wanted
from app.runtime.settings import Settings
from app.web.access import PUBLIC
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.keeping import keep_cart, keep_wishlist
from app.web.page import Page, page
from app.web.visitors import Visitor
from domains import cart, store, wishlists
from domains.kit import Conflict, Database, DomainError, Transaction


class SaveItem(Wanted, forbid_unknown_fields=True):
    """The product page's form as it stands: what is chosen so far, and a quantity that does not matter here."""

    quantity: str = ""


@get("/wishlist", name="wishlist.show", access=PUBLIC)
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _answer(request, db, visitor)


@post("/wishlist/items", name="wishlist.items.save", access=PUBLIC)
async def save(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    form = await read_form(request, SaveItem)
    async with db.transaction(visitor.actor) as tx:
        wishlist_id, token = await wishlists.open_for(tx, account_id=visitor.account_id, token=visitor.wishlist_token)
        item_id = await wishlists.save(
            tx, wishlist_id, variant_id=form.variant_id, product_id=form.product_id, chosen=form.chosen
        )
        item = await wishlists.item(tx, wishlist_id, item_id, currency=(await store.shop(tx)).currency)
    answer = page(
        request,
        "wishlist/saved.html",
        fragment="saved",
        also=("announcement_oob",),
        at="wishlist.show",
        item=item,
    )
    return keep_wishlist(answer, visitor, settings, token)


@post("/wishlist/items/{item_id:uuid}/remove", name="wishlist.items.remove", access=PUBLIC)
async def remove(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    item_id: FromPath[UUID],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        wishlist_id = await _own(tx, visitor)
        removed = await wishlists.item(tx, wishlist_id, item_id, currency=(await store.shop(tx)).currency)
        await wishlists.remove(tx, wishlist_id, item_id)
    return keep_wishlist(await _answer(request, db, visitor, removed=removed), visitor, settings, None)


@post("/wishlist/items/{item_id:uuid}/cart", name="wishlist.items.move", access=PUBLIC)
async def move_to_cart(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    item_id: FromPath[UUID],
) -> Page:
    """Into the cart and off the list in one transaction: two presses put one thing into the cart."""
    try:
        async with db.transaction(visitor.actor) as tx:
            variant_id = await wishlists.take(tx, await _own(tx, visitor), item_id)
            cart_id, token = await cart.open_for(tx, account_id=visitor.account_id, token=visitor.cart_token)
            await cart.add_line(tx, cart_id, variant_id, 1)
            view = await cart.view(tx, cart_id)
    except (Conflict, cart.NotForSale) as refused:
        return await _answer(request, db, visitor, refused=refused)
    answer = await _answer(request, db, visitor, moved=view.line(variant_id), pieces=view.count)
    return keep_wishlist(keep_cart(answer, visitor, settings, token), visitor, settings, None)


async def _own(tx: Transaction, visitor: Visitor) -> UUID:
    wishlist_id = await wishlists.current(tx, account_id=visitor.account_id, token=visitor.wishlist_token)
    if wishlist_id is None:
        raise wishlists.ItemNotFound
    return wishlist_id


async def _answer(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    *,
    removed: wishlists.ItemView | None = None,
    moved: cart.LineView | None = None,
    pieces: int = 0,
    refused: DomainError | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        view = await wishlists.view(
            tx,
            account_id=visitor.account_id,
            token=visitor.wishlist_token,
            currency=(await store.shop(tx)).currency,
        )
    return page(
        request,
        "wishlist/show.html",
        fragment="wishlist",
        also=("cart_badge_oob", "announcement_oob") if request.method == "POST" else (),
        at="cart.show" if moved is not None else "wishlist.show",
        status=409 if refused is not None else 200,
        layout="layouts/site.html" if visitor.account is None else "layouts/account.html",
        wishlist=view,
        is_guest=visitor.account is None,
        pieces=pieces,
        removed=removed,
        moved=moved,
        refused=refused,
    )


ROUTES: list[Any] = [show, save, remove, move_to_cart]
