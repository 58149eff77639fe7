"""The page of a draft order as its forms share it: how it stands, what is missing, and what was refused."""

from collections.abc import Mapping
from typing import Any

from litestar import Request

from app.routes.staff.drafts_list import STATES
from app.runtime.settings import Settings
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import audit, checkout, desk
from domains.checkout import DraftView
from domains.kit import Database, DomainError, Unavailable, new_token
from domains.kit.i18n import gettext as _
from domains.payments.gateway import Gateway, GatewayError


async def reopened(db: Database, gateway: Gateway, visitor: Visitor, code: str) -> DraftView:
    """The draft that is about to be changed; an order that waits for the customer's card gives way to it.

    Raises `DraftUnknown`; `CheckoutClosed` and `PaymentUnderWay` where money is on its way.
    """
    async with db.transaction(visitor.actor) as tx:
        draft = await checkout.draft_by_code(tx, code)
    try:
        await checkout.flows.reopen(db, gateway, visitor.actor, draft.checkout.id)
    except GatewayError as error:
        raise Unavailable from error
    return draft


async def draft_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    code: str,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    sent: Mapping[str, str] | None = None,
    find: str = "",
) -> Page:
    settings: Settings = request.app.state.settings
    async with db.transaction(visitor.actor) as tx:
        draft, quote = await checkout.draft_quoted(tx, code)
        entered = draft.checkout
        if request.method == "GET":
            await audit.seen(tx, ("draft", draft.code), "draft page", label=draft.code)
        offers = await desk.offers(tx, find) if draft.is_open else ()
    missing = _missing(quote, entered)
    return page(
        request,
        "staff/drafts/show.html",
        status=status,
        draft=draft,
        entered=entered,
        state=STATES[draft.state],
        quote=quote,
        missing=missing,
        find=find,
        offers=offers,
        link=f"{settings.base_url}{url_for(request, 'paylink.show', secret=draft.link)}" if draft.link else "",
        order_number=draft.order_number,
        key=new_token(),
        sent=dict(sent or {}),
        errors=dict(errors or {}),
    )


def _missing(quote: checkout.Quote, entered: checkout.CheckoutView) -> str:
    """What has to be done before it can be paid; empty when nothing has."""
    if not quote.lines:
        return _("Add what the customer wants.")
    if quote.short:
        return _("Not all of it can be had: change the lines.")
    if entered.shipping_address is None or entered.next_step == "address":
        return _("Enter where it goes.")
    if quote.needs_shipping and quote.chosen is None:
        return _("Choose how it is sent.")
    return ""


def told(refused: DomainError) -> str:
    return f"{refused.title} {refused.hint}".strip()


def done(request: AnyRequest, code: str, words: str) -> Page:
    answer = redirect(request, url_for(request, "staff.drafts.show", code=code))
    say(request, answer, words)
    return answer


def taken(request: Request[Any, Any, Any], _error: Exception) -> Page:
    """The customer was faster: the page shows how it stands."""
    answer = redirect(request, url_for(request, "staff.drafts.show", code=request.path_params["code"]))
    words = _("Nothing was changed: the customer is paying this order or has paid it, or it was deleted.")
    say(request, answer, words, "warning")
    return answer
