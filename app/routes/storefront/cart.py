"""The cart: its page, what is added to it, changed and taken out, and the number in the header."""

from typing import Any
from uuid import UUID

import msgspec
from babel import Locale
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.runtime.settings import Settings
from app.web import htmx
from app.web.access import PUBLIC
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.keeping import keep_cart, keep_wishlist
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import cart, catalog, shipping, store, wishlists
from domains.kit import Conflict, Database, DomainError, Invalid, Money, Transaction

_OPTIONS = 9  # more than any product has


class Wanted(msgspec.Struct):
    """A variant, or a product and what is chosen of its options, in their order."""

    variant_id: UUID | None = None
    product_id: UUID | None = None
    value1: UUID | None = None
    value2: UUID | None = None
    value3: UUID | None = None
    value4: UUID | None = None
    value5: UUID | None = None
    value6: UUID | None = None
    value7: UUID | None = None
    value8: UUID | None = None
    value9: UUID | None = None

    @property
    def chosen(self) -> list[UUID]:
        values: list[UUID | None] = [getattr(self, f"value{number}") for number in range(1, _OPTIONS + 1)]
        return [value for value in values if value is not None]


class AddLine(Wanted, forbid_unknown_fields=True):
    quantity: int = 1


class ChangeLine(msgspec.Struct, forbid_unknown_fields=True):
    quantity: int | None = None
    remove: bool = False


class Refusal(msgspec.Struct, frozen=True):
    """Why a line stays as it was, to stand beside its quantity; `possible` is what could be taken instead."""

    variant_id: UUID
    typed: str
    message: str
    possible: int = 0


class Estimate(msgspec.Struct, frozen=True):
    """What delivery costs at least within the shop's own country, and whether prices contain tax."""

    country: str
    delivery: Money | None
    total: Money
    prices_include_tax: bool


@get("/cart", name="cart.show", access=PUBLIC)
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _answer(request, db, visitor)


@get("/cart/lines", name="cart.lines.show", access=PUBLIC)
async def show_lines(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _answer(request, db, visitor)


@get("/cart/badge", name="cart.badge", access=PUBLIC)
async def badge(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    if not htmx.wants_fragment(request):
        return redirect(request, url_for(request, "cart.show"))
    pieces = 0
    if visitor.cart_token or visitor.account_id:
        async with db.transaction(visitor.actor) as tx:
            cart_id = await cart.current(tx, account_id=visitor.account_id, token=visitor.cart_token)
            pieces = await cart.count(tx, cart_id) if cart_id is not None else 0
    return page(request, "cart/badge.html", fragment="cart_badge", pieces=pieces)


@post("/cart/lines", name="cart.lines.add", access=PUBLIC)
async def add_line(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    try:
        form = await read_form(request, AddLine)
        async with db.transaction(visitor.actor) as tx:
            variant_id = await _meant(tx, form)
            cart_id, token = await cart.open_for(tx, account_id=visitor.account_id, token=visitor.cart_token)
            await cart.add_line(tx, cart_id, variant_id, form.quantity)
            view = await cart.view(tx, cart_id)
    except (Invalid, Conflict, cart.NotForSale) as refused:
        return await _refuse(request, db, visitor, refused)
    answer = page(
        request,
        "cart/added.html",
        fragment="cart_added",
        also=("cart_badge_oob", "announcement_oob"),
        at="cart.show",
        cart=view,
        line=view.line(variant_id),
        quantity=form.quantity,
    )
    return keep_cart(answer, visitor, settings, token)


@post("/cart/lines/{variant_id:uuid}", name="cart.lines.change", access=PUBLIC)
async def change_line(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    variant_id: FromPath[UUID],
) -> Page:
    removed = None
    try:
        form = await read_form(request, ChangeLine)
        async with db.transaction(visitor.actor) as tx:
            cart_id = await cart.current(tx, account_id=visitor.account_id, token=visitor.cart_token)
            if cart_id is None:
                raise cart.CartNotFound
            if form.remove or form.quantity == 0:
                removed = (await cart.view(tx, cart_id)).line(variant_id)
                await cart.remove_line(tx, cart_id, variant_id)
            else:
                await cart.set_quantity(tx, cart_id, variant_id, -1 if form.quantity is None else form.quantity)
    except (Invalid, cart.TooFewLeft, cart.NotForSale) as refused:
        status = 422 if isinstance(refused, Invalid) else 409
        return await _answer(request, db, visitor, status=status, refusal=await _refusal(request, variant_id, refused))
    return keep_cart(await _answer(request, db, visitor, removed=removed), visitor, settings, None)


@post("/cart/lines/{variant_id:uuid}/later", name="cart.lines.later", access=PUBLIC)
async def keep_for_later(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    variant_id: FromPath[UUID],
) -> Page:
    """Move a line to the wish list, in one transaction: it is never on both, and never on neither."""
    async with db.transaction(visitor.actor) as tx:
        cart_id = await cart.current(tx, account_id=visitor.account_id, token=visitor.cart_token)
        if cart_id is None:
            raise cart.CartNotFound
        saved = (await cart.view(tx, cart_id)).line(variant_id)
        if saved is None:
            raise cart.LineNotFound
        wishlist_id, token = await wishlists.open_for(tx, account_id=visitor.account_id, token=visitor.wishlist_token)
        await wishlists.save(tx, wishlist_id, variant_id=variant_id)
        await cart.remove_line(tx, cart_id, variant_id)
    answer = await _answer(request, db, visitor, saved=saved)
    return keep_wishlist(keep_cart(answer, visitor, settings, None), visitor, settings, token)


async def _answer(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    *,
    status: int = 200,
    refusal: Refusal | None = None,
    removed: cart.LineView | None = None,
    saved: cart.LineView | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        cart_id = await cart.current(tx, account_id=visitor.account_id, token=visitor.cart_token)
        view = await cart.view(tx, cart_id)
        estimate = await _estimate(request, tx, view)
    return page(
        request,
        "cart/show.html",
        fragment="cart_lines",
        also=("cart_badge_oob", "announcement_oob") if request.method == "POST" else (),
        at="cart.show",
        status=status,
        cart=view,
        estimate=estimate,
        refusal=refusal,
        removed=removed,
        saved=saved,
    )


async def _meant(tx: Transaction, form: AddLine) -> UUID:
    if form.variant_id is not None:
        return form.variant_id
    if form.product_id is None:
        raise cart.NotForSale
    return await catalog.chosen_variant(tx, form.product_id, form.chosen)


async def _refuse(request: AnyRequest, db: Database, visitor: Visitor, refused: DomainError) -> Page:
    """What was not added, why, and the form to add what is possible: as a page, or in the drawer."""
    sent = await request.form()
    variant = None
    async with db.transaction(visitor.actor) as tx:
        if isinstance(refused, cart.TooFewLeft):
            variant = (await catalog.variants(tx, [refused.variant_id]))[refused.variant_id]
    fields = refused.fields if isinstance(refused, Invalid) else {}
    return page(
        request,
        "cart/refused.html",
        fragment="cart_refused",
        also=("announcement_oob",),
        status=422 if isinstance(refused, Invalid) else 404 if isinstance(refused, cart.NotForSale) else 409,
        problem=refused,
        messages=[*fields.values()] or [text for text in (refused.title, refused.hint) if text],
        variant=variant,
        more=max(refused.possible - refused.in_cart, 0) if isinstance(refused, cart.TooFewLeft) else 0,
        typed=str(sent.get("quantity", "")),
    )


async def _refusal(request: AnyRequest, variant_id: UUID, refused: DomainError) -> Refusal:
    typed = str((await request.form()).get("quantity", ""))
    if isinstance(refused, Invalid):
        return Refusal(variant_id, typed, " ".join(refused.fields.values()))
    possible = refused.possible if isinstance(refused, cart.TooFewLeft) else 0
    return Refusal(variant_id, typed, f"{refused.title} {refused.hint}".strip(), possible)


async def _estimate(request: AnyRequest, tx: Transaction, view: cart.CartView) -> Estimate:
    shop = await store.shop(tx)
    delivery = None
    if view.lines:
        try:
            ways = await shipping.options(
                tx,
                country=shop.country,
                state="",
                postal_code="",
                weight_grams=sum(line.weight_grams * line.quantity for line in view.lines),
                subtotal=view.subtotal,
            )
        except shipping.NoDelivery:
            pass
        else:
            sent = [way for way in ways if not way.is_pick_up] or ways
            delivery = min((way.amount for way in sent), key=lambda amount: amount.amount)
    locale = Locale.parse(request.app.state.shell().locale)
    return Estimate(
        country=str(locale.territories.get(shop.country, shop.country)),
        delivery=delivery,
        total=view.subtotal + delivery if delivery is not None else view.subtotal,
        prices_include_tax=shop.prices_include_tax,
    )


ROUTES: list[Any] = [show, show_lines, badge, add_line, change_line, keep_for_later]
