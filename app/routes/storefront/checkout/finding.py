"""Whose checkout it is: that of the visitor's cart, or of the cookie that outlives cart and session."""

from uuid import UUID

from app.runtime.settings import Settings
from app.web.htmx import AnyRequest
from app.web.visitors import Visitor, cookie_name
from domains import cart, checkout
from domains.checkout import CheckoutView
from domains.kit import Database, Transaction, Unavailable
from domains.payments.gateway import Gateway, GatewayError


async def cart_of(tx: Transaction, visitor: Visitor) -> UUID | None:
    if visitor.account_id is not None:
        return await cart.for_account(tx, visitor.account_id)
    return await cart.find(tx, visitor.cart_token) if visitor.cart_token else None


async def current(tx: Transaction, request: AnyRequest, visitor: Visitor, settings: Settings) -> CheckoutView | None:
    """The live checkout of the visitor's cart; of the cookie's, if he has no cart that we know of (logged out)."""
    cart_id = await cart_of(tx, visitor)
    if cart_id is not None:
        return await checkout.live(tx, cart_id)
    known = await checkout.by_token(tx, _token(request, settings))
    return known if known is not None and known.is_live else None


async def needed(tx: Transaction, request: AnyRequest, visitor: Visitor, settings: Settings) -> CheckoutView:
    """As `current`; raises `CheckoutUnknown` where there is none."""
    found = await current(tx, request, visitor, settings)
    if found is None:
        raise checkout.CheckoutUnknown
    return found


async def latest(request: AnyRequest, db: Database, visitor: Visitor, settings: Settings) -> CheckoutView:
    """The live checkout, else the one that this browser ended last. Raises `CheckoutUnknown`."""
    async with db.transaction(visitor.actor) as tx:
        found = await current(tx, request, visitor, settings) or await checkout.by_token(tx, _token(request, settings))
    if found is None:
        raise checkout.CheckoutUnknown
    return found


async def editable(
    request: AnyRequest, db: Database, gateway: Gateway, visitor: Visitor, settings: Settings
) -> CheckoutView:
    """The checkout that is about to be changed; an order that waits for its payment is given up for it.

    Raises `CheckoutUnknown`; `CheckoutClosed` and `PaymentUnderWay` where money is on its way.
    """
    async with db.transaction(visitor.actor) as tx:
        found = await needed(tx, request, visitor, settings)
    try:
        await checkout.flows.reopen(db, gateway, visitor.actor, found.id)
    except GatewayError as error:
        raise Unavailable from error
    return found


async def begun(
    request: AnyRequest, db: Database, gateway: Gateway, visitor: Visitor, settings: Settings
) -> tuple[UUID, str | None]:
    """As `editable`, begun where there is none; with the token for its cookie where the browser has another or none.

    Raises `CartEmpty`.
    """
    async with db.transaction(visitor.actor) as tx:
        found = await current(tx, request, visitor, settings)
        cart_id = found.cart_id if found is not None else await cart_of(tx, visitor)
    if cart_id is None:
        raise checkout.CartEmpty
    if found is not None:
        await editable(request, db, gateway, visitor, settings)
    async with db.transaction(visitor.actor) as tx:
        checkout_id, token = await checkout.begin(tx, cart_id=cart_id, account_id=visitor.account_id)
        known = await checkout.by_token(tx, _token(request, settings)) if token is None else None
        if token is None and (known is None or known.id != checkout_id):
            token = await checkout.renew_token(tx, checkout_id)
    return checkout_id, token


def _token(request: AnyRequest, settings: Settings) -> str:
    return request.cookies.get(cookie_name(settings, "checkout"), "")
