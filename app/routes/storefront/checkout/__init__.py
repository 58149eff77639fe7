"""Checkout: a page with an address of its own per step, and the return from the bank.

Nothing is reserved or changed by GET, but for the one named exception: `/checkout/return` settles the payment that
the shopper comes back from.
"""

from app.routes.storefront.checkout import paying, steps

ROUTES = [*steps.ROUTES, *paying.ROUTES]
