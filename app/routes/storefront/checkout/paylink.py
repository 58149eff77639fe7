"""What staff wrote for a customer, seen and paid by its link, without log-in.

The link is all that it takes, so its pages stand apart from the visitor's own cart and checkout, and touch neither;
what pays is the same. No search engine keeps them and no cache, and a link that is over is told alike whatever it once
opened.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from litestar import Request, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.routes.storefront.checkout.forms import NewTotal, Payment
from app.routes.storefront.checkout.pages import PayAt, card_fields, trouble_of
from app.routes.storefront.checkout.paying import PRESSES, WINDOW, bank_page, paid, thanks, waiting_page
from app.runtime.settings import Settings
from app.web.access import PUBLIC
from app.web.forms import read_form
from app.web.headers import payment_policy
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import checkout
from domains.checkout import (
    CheckoutClosed,
    CheckoutStatus,
    DraftView,
    PayLinkOver,
    PaymentUnderWay,
    StepMissing,
    StockShort,
    TotalChanged,
)
from domains.checkout.flows import Outcome, PaymentState
from domains.kit import Database, Invalid, Money, Transaction, Unavailable
from domains.payments.gateway import Gateway, GatewayError


@get("/pay/{secret:str}", name="paylink.show", access=PUBLIC)
async def show(
    request: AnyRequest,
    secret: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    ended: FromQuery[str | None] = None,
) -> Page:
    """The order as it would be placed now. Looking changes nothing and holds nothing."""
    async with db.transaction(visitor.actor) as tx:
        found = await _opened(tx, secret)
        progress = await checkout.progress(tx, found.checkout)
    if found.checkout.status is CheckoutStatus.COMPLETED:
        return _hidden(await paid(request, db, visitor, settings, found.checkout))
    if progress.is_paying:
        return _hidden(redirect(request, url_for(request, "paylink.return", secret=secret)))
    return await _page(request, db, visitor, found, ended=ended == "1")


@post("/pay/{secret:str}", name="paylink.pay", access=PUBLIC)
async def pay(
    request: AnyRequest,
    secret: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    gateway: NamedDependency[Gateway],
    limiter: NamedDependency[Limiter],
) -> Page:
    form = await read_form(request, Payment)
    await limiter.hit("checkout.pay", visitor.actor.visitor, amount=PRESSES, seconds=WINDOW, open_without_redis=True)
    async with db.transaction(visitor.actor) as tx:
        found = await _opened(tx, secret)
    if found.checkout.status is CheckoutStatus.COMPLETED:
        return _hidden(await paid(request, db, visitor, settings, found.checkout))
    back = url_for(request, "paylink.return", secret=secret)
    try:
        outcome = await checkout.flows.pay(
            db,
            gateway,
            visitor.actor,
            found.checkout.id,
            token=form.confirmation_token,
            key=form.key,
            total=form.total,
            return_url=f"{settings.base_url}{back}",
        )
    except (Invalid, StockShort, StepMissing, TotalChanged) as refused:
        return await _refused(request, db, visitor, secret, refused)
    except GatewayError:
        return await _unavailable(request, db, visitor, secret)
    return await _answer(request, db, visitor, settings, secret, outcome)


@post("/pay/{secret:str}/total", name="paylink.total", access=PUBLIC)
async def accept_total(
    request: AnyRequest,
    secret: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    """The customer agrees to the total of this moment; an order that waits for his card gives way to it."""
    form = await read_form(request, NewTotal)
    async with db.transaction(visitor.actor) as tx:
        found = await _opened(tx, secret)
    try:
        await checkout.flows.reopen(db, gateway, visitor.actor, found.checkout.id)
        async with db.transaction(visitor.actor) as tx:
            await checkout.accept_total(tx, found.checkout.id, total=form.total)
    except (TotalChanged, StepMissing) as refused:
        return await _refused(request, db, visitor, secret, refused)
    except GatewayError as error:
        raise Unavailable from error
    return _hidden(redirect(request, url_for(request, "paylink.show", secret=secret)))


@post("/pay/{secret:str}/transfer", name="paylink.transfer", access=PUBLIC)
async def pay_by_transfer(
    request: AnyRequest,
    secret: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    limiter: NamedDependency[Limiter],
) -> Page:
    form = await read_form(request, Payment)
    await limiter.hit("checkout.pay", visitor.actor.visitor, amount=PRESSES, seconds=WINDOW, open_without_redis=True)
    async with db.transaction(visitor.actor) as tx:
        found = await _opened(tx, secret)
    if found.checkout.status is CheckoutStatus.COMPLETED:
        return _hidden(await paid(request, db, visitor, settings, found.checkout))
    try:
        outcome = await checkout.flows.pay_by_transfer(
            db, visitor.actor, found.checkout.id, key=form.key, total=form.total
        )
    except (Invalid, StockShort, StepMissing, TotalChanged) as refused:
        return await _refused(request, db, visitor, secret, refused)
    return await _answer(request, db, visitor, settings, secret, outcome)


@get("/pay/{secret:str}/return", name="paylink.return", access=PUBLIC)
async def come_back(
    request: AnyRequest,
    secret: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    gateway: NamedDependency[Gateway],
) -> Page:
    """From the bank, or while the payment is being confirmed: as `/checkout/return`."""
    async with db.transaction(visitor.actor) as tx:
        found = await _opened(tx, secret)
    if found.checkout.status is CheckoutStatus.COMPLETED:
        return _hidden(await paid(request, db, visitor, settings, found.checkout))
    outcome = await checkout.flows.standing(db, visitor.actor, found.checkout.id)
    if outcome is None or outcome.payment_id is None:
        return _hidden(redirect(request, url_for(request, "paylink.show", secret=secret)))
    with suppress(GatewayError):  # then our own books say all that is known, and the page asks again by itself
        outcome = await checkout.flows.settle(
            db, gateway, outcome.payment_id, cause=f"return:{outcome.payment_id}", actor=visitor.actor
        )
    return await _answer(request, db, visitor, settings, secret, outcome, has_come_back=True)


async def _opened(tx: Transaction, secret: str) -> DraftView:
    """The draft that the link opens now, or has just been paid by it. Raises `PayLinkOver` for all else alike."""
    found = await checkout.draft_by_link(tx, secret)
    if found is None or found.link_until is None:
        raise PayLinkOver
    if not found.can_be_paid and not (
        found.checkout.status is CheckoutStatus.COMPLETED and found.link_until > await tx.now()
    ):
        raise PayLinkOver
    return found


async def _page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    found: DraftView,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    total_was: Money | None = None,
    unavailable: bool = False,
    ended: bool = False,
) -> Page:
    settings: Settings = request.app.state.settings
    async with db.transaction(visitor.actor) as tx:
        progress = await checkout.progress(tx, found.checkout)
    shown = dict(errors or {})
    if progress.trouble is not None and not shown and not total_was:
        shown["card"] = trouble_of(progress)
    secret = found.link or ""
    answer = page(
        request,
        "checkout/paylink.html",
        fragment="checkout_step",
        status=status,
        draft=found,
        progress=progress,
        quote=progress.quote,
        errors=shown,
        total_was=total_was or progress.total_was,
        unavailable=unavailable,
        ended=ended,
        is_drafted=True,
        pay_at=PayAt(
            pay=url_for(request, "paylink.pay", secret=secret),
            total=url_for(request, "paylink.total", secret=secret),
            transfer=url_for(request, "paylink.transfer", secret=secret),
        ),
        offers_transfer=bool(progress.quote.total)
        and progress.quote.takes_transfers
        and found.checkout.order_id is None,
        **card_fields(settings, progress),
    )
    answer.headers["Content-Security-Policy"] = payment_policy(settings)
    return _hidden(answer)


async def _refused(request: AnyRequest, db: Database, visitor: Visitor, secret: str, refused: Exception) -> Page:
    """The page once more with what stands in the way; nothing was charged."""
    async with db.transaction(visitor.actor) as tx:
        found = await _opened(tx, secret)
        if isinstance(refused, StockShort):
            await checkout.report_shortage(tx, found.checkout.id, refused.shortages)
    more: dict[str, Any] = {"status": 409}
    if isinstance(refused, Invalid):
        more = {"status": 422, "errors": refused.fields}
    elif isinstance(refused, TotalChanged):
        more["total_was"] = refused.old
    return await _page(request, db, visitor, found, **more)


async def _unavailable(request: AnyRequest, db: Database, visitor: Visitor, secret: str) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await _opened(tx, secret)
    answer = await _page(request, db, visitor, found, status=503, unavailable=True)
    answer.headers["Retry-After"] = str(Unavailable.retry_after)
    return answer


async def _answer(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    settings: Settings,
    secret: str,
    outcome: Outcome,
    *,
    has_come_back: bool = False,
) -> Page:
    here = url_for(request, "paylink.show", secret=secret)
    again = url_for(request, "paylink.return", secret=secret)
    match outcome.state:
        case PaymentState.CONFIRMED | PaymentState.AWAITING_TRANSFER:
            answer = await thanks(request, db, visitor, settings, outcome.order_id, outcome.order_number)
        case PaymentState.REQUIRES_ACTION:
            answer = bank_page(request, outcome, goes_on=not has_come_back, other_way=here)
        case PaymentState.PROCESSING if has_come_back:
            answer = waiting_page(request, outcome, again=again)
        case PaymentState.PROCESSING:
            answer = redirect(request, again)
        case PaymentState.UNAVAILABLE:
            return await _unavailable(request, db, visitor, secret)
        case PaymentState.CANCELLED:
            answer = redirect(request, url_for(request, "paylink.show", secret=secret, ended=1))
        case PaymentState.DECLINED:
            answer = redirect(request, here)
    return _hidden(answer)


def _hidden(answer: Page) -> Page:
    """Who has the address can pay: no index names it, and no other site is told it."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _over(request: Request[Any, Any, Any], _error: Exception) -> Page:
    return _hidden(page(request, "checkout/paylink_over.html", status=410))


def _to_what_came_of_it(request: Request[Any, Any, Any], _error: Exception) -> Page:
    """It is being paid at this very moment: the return page knows how it stands and leads on."""
    return _hidden(redirect(request, url_for(request, "paylink.return", secret=request.path_params["secret"])))


ROUTES = [
    Router(
        path="/",
        route_handlers=[show, pay, accept_total, pay_by_transfer, come_back],
        exception_handlers={
            PayLinkOver: _over,
            PaymentUnderWay: _to_what_came_of_it,
            CheckoutClosed: _to_what_came_of_it,
        },
    )
]
