"""The payment step, and the way back from the bank."""

from contextlib import suppress
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.routes.storefront.checkout.finding import latest
from app.routes.storefront.checkout.forms import Payment
from app.routes.storefront.checkout.pages import redrawn, short_of_stock, show_step, step_url
from app.runtime.settings import Settings
from app.web.access import PUBLIC
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.order_access import grant
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import checkout, orders
from domains.checkout import CheckoutView, Step, StepMissing, StockShort, TotalChanged
from domains.checkout.flows import Outcome, PaymentState
from domains.kit import Database, Invalid, Unavailable
from domains.payments.gateway import Gateway, GatewayError

PRESSES, WINDOW = 60, 600  # of the Pay button per network, whatever came of them


@get("/checkout/payment", name="checkout.payment", access=PUBLIC)
async def show_payment(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    ended: FromQuery[str | None] = None,
) -> Page:
    return await show_step(request, db, visitor, settings, Step.PAYMENT, ended=ended == "1")


@post("/checkout/payment", name="checkout.pay", access=PUBLIC)
async def pay(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    gateway: NamedDependency[Gateway],
    limiter: NamedDependency[Limiter],
) -> Page:
    form = await read_form(request, Payment)
    await limiter.hit("checkout.pay", visitor.actor.visitor, amount=PRESSES, seconds=WINDOW, open_without_redis=True)
    found = await latest(request, db, visitor, settings)
    if found.status is checkout.CheckoutStatus.COMPLETED:
        return await paid(request, db, visitor, settings, found)
    try:
        async with db.transaction(visitor.actor) as tx:
            await checkout.enter_notes(tx, found.id, notes=form.notes)
        outcome = await checkout.flows.pay(
            db,
            gateway,
            visitor.actor,
            found.id,
            token=form.confirmation_token,
            key=form.key,
            total=form.total,
            return_url=f"{settings.base_url}{url_for(request, 'checkout.return')}",
        )
    except Invalid as wrong:
        return await redrawn(request, db, visitor, found.id, Step.PAYMENT, errors=wrong.fields, notes=form.notes)
    except StepMissing as missing:
        return redirect(request, step_url(request, missing.step))
    except StockShort as short:
        return await short_of_stock(request, db, visitor, found.id, short)
    except TotalChanged as changed:
        return await redrawn(request, db, visitor, found.id, Step.PAYMENT, status=409, total_was=changed.old)
    except GatewayError:
        return await _unavailable(request, db, visitor, found.id)
    return await _answer(request, db, visitor, settings, found.id, outcome)


@post("/checkout/payment/transfer", name="checkout.transfer", access=PUBLIC)
async def pay_by_transfer(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    limiter: NamedDependency[Limiter],
) -> Page:
    form = await read_form(request, Payment)
    await limiter.hit("checkout.pay", visitor.actor.visitor, amount=PRESSES, seconds=WINDOW, open_without_redis=True)
    found = await latest(request, db, visitor, settings)
    if found.status is checkout.CheckoutStatus.COMPLETED:
        return await paid(request, db, visitor, settings, found)
    try:
        outcome = await checkout.flows.pay_by_transfer(db, visitor.actor, found.id, key=form.key, total=form.total)
    except Invalid as wrong:
        return await redrawn(request, db, visitor, found.id, Step.PAYMENT, errors=wrong.fields)
    except StepMissing as missing:
        return redirect(request, step_url(request, missing.step))
    except StockShort as short:
        return await short_of_stock(request, db, visitor, found.id, short)
    except TotalChanged as changed:
        return await redrawn(request, db, visitor, found.id, Step.PAYMENT, status=409, total_was=changed.old)
    return await _answer(request, db, visitor, settings, found.id, outcome)


@get("/checkout/return", name="checkout.return", access=PUBLIC)
async def come_back(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    gateway: NamedDependency[Gateway],
) -> Page:
    """From the bank, or while the payment is being confirmed: ask the gateway, and lead on to where it ends."""
    try:
        found = await latest(request, db, visitor, settings)
    except checkout.CheckoutUnknown:
        return redirect(request, url_for(request, "cart.show"))
    if found.status is checkout.CheckoutStatus.COMPLETED:
        return await paid(request, db, visitor, settings, found)
    outcome = await checkout.flows.standing(db, visitor.actor, found.id)
    if outcome is None or outcome.payment_id is None:
        return redirect(request, step_url(request, found.next_step))
    with suppress(GatewayError):  # then our own books say all that is known, and the page asks again by itself
        outcome = await checkout.flows.settle(
            db, gateway, outcome.payment_id, cause=f"return:{outcome.payment_id}", actor=visitor.actor
        )
    match outcome.state:
        case PaymentState.CONFIRMED:
            return await thanks(request, db, visitor, settings, outcome.order_id, outcome.order_number)
        case PaymentState.REQUIRES_ACTION:
            return bank_page(request, outcome, goes_on=False)
        case PaymentState.PROCESSING:
            return waiting_page(request, outcome)
        case PaymentState.CANCELLED:
            return redirect(request, url_for(request, "checkout.payment", ended=1))
        case _:
            return redirect(request, url_for(request, "checkout.payment"))


async def _answer(
    request: AnyRequest, db: Database, visitor: Visitor, settings: Settings, checkout_id: UUID, outcome: Outcome
) -> Page:
    match outcome.state:
        case PaymentState.CONFIRMED | PaymentState.AWAITING_TRANSFER:
            return await thanks(request, db, visitor, settings, outcome.order_id, outcome.order_number)
        case PaymentState.REQUIRES_ACTION:
            return bank_page(request, outcome, goes_on=True)
        case PaymentState.PROCESSING:
            return redirect(request, url_for(request, "checkout.return"))
        case PaymentState.UNAVAILABLE:
            return await _unavailable(request, db, visitor, checkout_id)
        case PaymentState.CANCELLED:
            return redirect(request, url_for(request, "checkout.payment", ended=1))
        case PaymentState.DECLINED:
            return redirect(request, url_for(request, "checkout.payment"))


async def _unavailable(request: AnyRequest, db: Database, visitor: Visitor, checkout_id: UUID) -> Page:
    answer = await redrawn(request, db, visitor, checkout_id, Step.PAYMENT, status=503, unavailable=True)
    answer.headers["Retry-After"] = str(Unavailable.retry_after)
    return answer


def bank_page(request: AnyRequest, outcome: Outcome, *, goes_on: bool, other_way: str = "") -> Page:
    """The bank wants a word from the shopper; `other_way` is the page to pay in another way."""
    other_way = other_way or url_for(request, "checkout.payment")
    return page(request, "checkout/bank.html", bank_url=outcome.url, goes_on=goes_on, other_way=other_way)


def waiting_page(request: AnyRequest, outcome: Outcome, *, again: str = "") -> Page:
    """Nobody knows yet; the page asks at `again` by itself."""
    again = again or url_for(request, "checkout.return")
    return page(request, "checkout/waiting.html", fragment="waiting", number=outcome.order_number, again=again)


async def paid(request: AnyRequest, db: Database, visitor: Visitor, settings: Settings, found: CheckoutView) -> Page:
    assert found.order_id is not None  # the table of checkouts says so
    async with db.transaction(visitor.actor) as tx:
        number = (await orders.head(tx, found.order_id)).number
    return await thanks(request, db, visitor, settings, found.order_id, number)


async def thanks(
    request: AnyRequest, db: Database, visitor: Visitor, settings: Settings, order_id: UUID, number: str
) -> Page:
    """To the order's page, with the key to it: a guest has no other way in."""
    async with db.transaction(visitor.actor) as tx:
        token = await orders.open_access(tx, order_id)
    answer = redirect(request, url_for(request, "orders.show", number=number, thanks=1))
    grant(request, answer, token)
    return answer


ROUTES = [show_payment, pay, pay_by_transfer, come_back]
