"""Orders for who bought: the list of an account, an order's page, and what can be done from it."""

from app.routes.storefront.orders import again, cancelling, downloading, finding, history, papers, showing

ROUTES = [
    *finding.ROUTES,
    *showing.ROUTES,
    *downloading.ROUTES,
    *again.ROUTES,
    *cancelling.ROUTES,
    *papers.ROUTES,
    *history.ROUTES,
]
