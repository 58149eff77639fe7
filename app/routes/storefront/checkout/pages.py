"""The pages of the steps: what they are handed, and how they are shown again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from app.routes.storefront.checkout.fields import billing_fields, saved_addresses, shipping_fields
from app.routes.storefront.checkout.finding import cart_of, current
from app.routes.storefront.checkout.places import Place, place_of
from app.runtime.settings import Settings
from app.web.address_fields import in_page_order
from app.web.headers import payment_policy
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import cart, checkout
from domains.checkout import CheckoutView, Progress, Shortage, Step, StockShort
from domains.kit import Database, Money, new_token
from domains.kit.i18n import gettext as _
from domains.payments.gateway import to_gateway

_TITLES = {
    Step.CONTACT: _("Contact"),
    Step.ADDRESS: _("Address"),
    Step.SHIPPING: _("Delivery"),
    Step.PAYMENT: _("Payment"),
}


class PayAt(msgspec.Struct, frozen=True, kw_only=True):
    """Where the forms of a page go on which something is paid; `back` is the cart, if there is one to go back to."""

    pay: str
    total: str
    transfer: str
    back: str = ""
    takes_notes: bool = False


def step_page(
    request: AnyRequest,
    place: Place,
    *,
    template: str = "",
    fragment: str | None = None,
    at: str | None = None,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    email: str | None = None,
    total_was: Money | None = None,
    unavailable: bool = False,
    ended: bool = False,
    shortages: tuple[Shortage, ...] = (),
    notes: str | None = None,
    save: bool | None = None,
    announcement: str = "",
) -> Page:
    """The page of a step, whole or in part. What is not given is as the checkout has it.

    `save` is whether the address is to be kept in the book, `announcement` what is said beside a fragment.
    A block of the frame (`hold`) is rendered from the frame's own `template`.
    """
    progress = place.progress
    entered = progress.checkout
    settings: Settings = request.app.state.settings
    locale: str = request.app.state.shell().locale
    shown = in_page_order(errors or {})
    shipping, billing = shipping_fields(request, place, locale), billing_fields(request, place, locale)
    if place.step is Step.PAYMENT and progress.trouble is not None and not shown and not total_was:
        shown["card"] = trouble_of(progress)
    total = progress.quote.total
    answer = page(
        request,
        template or f"checkout/{place.step or 'shortage'}.html",
        fragment=fragment,
        also=("announcement_oob",) if announcement else (),
        at=at,
        at_params={} if save is None else {"save": int(save)},
        status=status,
        step=place.step,
        steps=_steps(request, place),
        step_number=1 if place.step is None else entered.steps.index(place.step) + 1,
        done=_done(request, place),
        chosen=progress.quote.chosen if place.step in (None, Step.PAYMENT) else None,
        progress=progress,
        quote=progress.quote,
        hold=progress.hold,
        errors=shown,
        account=place.account,
        logged_out=entered.account_id is not None and place.account is None,
        email=_first(email, entered.email, place.account.email if place.account else None),
        notes=_first(notes, entered.notes),
        shipping_fields=shipping,
        bill_fields=place.bill_fields,
        shipping_saved=saved_addresses(place, shipping),
        billing_fields=billing,
        billing_saved=saved_addresses(place, billing),
        announcement=announcement,
        save=not place.book if save is None else save,
        billing_same=entered.billing_same,
        total_was=total_was or progress.total_was,
        unavailable=unavailable,
        ended=ended,
        shortages=shortages,
        pay_at=PayAt(
            pay=url_for(request, "checkout.payment"),
            total=url_for(request, "checkout.total.accept"),
            transfer=url_for(request, "checkout.transfer"),
            back=url_for(request, "cart.show"),
            takes_notes=True,
        ),
        **card_fields(settings, progress),
        offers_transfer=bool(total) and place.offers_transfer,
    )
    if place.step is Step.PAYMENT:
        answer.headers["Content-Security-Policy"] = payment_policy(settings)
    return answer


def card_fields(settings: Settings, progress: Progress) -> dict[str, Any]:
    """What the card field needs to know; the page needs `payment_policy` too."""
    total = progress.quote.total
    return {
        # Each drawing of the form is one command: pressed twice it acts once, drawn again it is another.
        "key": new_token(),
        "stripe_js_url": settings.stripe_js_url,
        "publishable_key": settings.stripe_publishable_key,
        "gateway_amount": to_gateway(total.amount, total.currency) if total else 0,
        "billing_details": _billing_details(progress.checkout),
    }


def trouble_of(progress: Progress) -> str:
    """Why the last try to pay failed, for the card field."""
    reason = progress.trouble or _("The payment did not go through.")
    return f"{reason} {_('Nothing was charged: try again, or use another card.')}"


async def show_step(
    request: AnyRequest, db: Database, visitor: Visitor, settings: Settings, step: Step, **more: Any
) -> Page:
    """A step's page by GET: only what is there already, and no step before its turn."""
    async with db.transaction(visitor.actor) as tx:
        found = await current(tx, request, visitor, settings)
        cart_id = found.cart_id if found is not None else await cart_of(tx, visitor)
        if cart_id is None or not (await cart.view(tx, cart_id)).lines:
            return redirect(request, url_for(request, "cart.show"))
        found = found or CheckoutView.blank(cart_id, needs_shipping=await cart.needs_shipping(tx, cart_id))
        if step not in found.steps or found.steps.index(step) > found.steps.index(found.next_step):
            return redirect(request, step_url(request, found.next_step))
        place = await place_of(tx, visitor, found, step)
    if place.progress.is_paying:
        return redirect(request, url_for(request, "checkout.return"))
    return step_page(request, place, **more)


async def redrawn(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    checkout_id: UUID,
    step: Step,
    *,
    status: int = 422,
    **more: Any,
) -> Page:
    """The step once more, with what was typed and what is wrong with it."""
    async with db.transaction(visitor.actor) as tx:
        place = await place_of(tx, visitor, await checkout.checkout(tx, checkout_id), step)
    return step_page(request, place, fragment="checkout_step", status=status, **more)


async def go_on(request: AnyRequest, db: Database, visitor: Visitor, checkout_id: UUID) -> Page:
    """Hold the things, then the first step that is not done; what was typed is saved, whatever the stock says."""
    try:
        async with db.transaction(visitor.actor) as tx:
            await checkout.hold(tx, checkout_id)
            step = (await checkout.checkout(tx, checkout_id)).next_step
    except StockShort as short:
        return await short_of_stock(request, db, visitor, checkout_id, short)
    return redirect(request, step_url(request, step))


async def short_of_stock(
    request: AnyRequest, db: Database, visitor: Visitor, checkout_id: UUID, short: StockShort
) -> Page:
    """Less is there than wanted: say so, with what can be done about each line."""
    async with db.transaction(visitor.actor) as tx:
        await checkout.report_shortage(tx, checkout_id, short.shortages)
        place = await place_of(tx, visitor, await checkout.checkout(tx, checkout_id), None)
    return step_page(request, place, fragment="checkout_step", status=409, shortages=short.shortages)


def step_url(request: AnyRequest, step: Step) -> str:
    return url_for(request, f"checkout.{step}")


def _steps(request: AnyRequest, place: Place) -> list[tuple[str, str | None]]:
    entered = place.progress.checkout
    reached = entered.steps.index(entered.next_step)
    titles = _TITLES if entered.needs_shipping else {**_TITLES, Step.ADDRESS: _("Bill")}
    return [(titles[step], step_url(request, step) if at <= reached else None) for at, step in enumerate(entered.steps)]


def _done(request: AnyRequest, place: Place) -> list[tuple[str, list[str], str]]:
    """Who and where, as entered in the steps before this one: title, lines, and where to change it."""
    entered = place.progress.checkout
    at = list(Step).index(place.step or entered.next_step)
    told: list[tuple[Step, str, list[str]]] = []
    if entered.email:
        told.append((Step.CONTACT, _TITLES[Step.CONTACT], [entered.email]))
    if entered.shipping_address is not None:
        title = _("Deliver to") if entered.needs_shipping else _("Bill to")
        told.append((Step.ADDRESS, title, entered.shipping_address.lines()))
        if entered.billing_address is not None and not entered.billing_same:
            told.append((Step.ADDRESS, _("Bill to"), entered.billing_address.lines()))
    return [(title, lines, step_url(request, step)) for step, title, lines in told if list(Step).index(step) < at]


def _billing_details(entered: CheckoutView) -> dict[str, Any]:
    """What the gateway is told of the payer beside the card, for the bank's checks."""
    payer = entered.bill_to
    if payer is None:
        return {}
    return {
        "name": payer.name,
        "email": entered.email,
        "phone": payer.phone,
        "address": {
            "line1": payer.line1,
            "line2": payer.line2,
            "city": payer.city,
            "state": payer.state,
            "postal_code": payer.postal_code,
            "country": payer.country,
        }
        if payer.line1
        else {name: value for name, value in (("postal_code", payer.postal_code), ("country", payer.country)) if value},
    }


def _first(*candidates: str | None) -> str:
    return next((each for each in candidates if each is not None), "")
