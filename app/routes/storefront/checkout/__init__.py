"""Checkout: a page with an address of its own per step, and the return from the bank.

Nothing is reserved or changed by GET, but for the one named exception: `/checkout/return` settles the payment that
the shopper comes back from.
"""

from typing import Any

from litestar import Request, Router

from app.routes.storefront.checkout import paying, paylink, steps
from app.web.page import Page, redirect, url_for
from domains.checkout import CheckoutClosed, PaymentUnderWay


def _to_what_came_of_it(request: Request[Any, Any, Any], _error: Exception) -> Page:
    """Somebody changes a step while it is being paid, or after: the return page knows how it stands and leads on."""
    return redirect(request, url_for(request, "checkout.return"))


ROUTES = [
    Router(
        path="/",
        route_handlers=[*steps.ROUTES, *paying.ROUTES],
        exception_handlers={PaymentUnderWay: _to_what_came_of_it, CheckoutClosed: _to_what_came_of_it},
    ),
    *paylink.ROUTES,
]
