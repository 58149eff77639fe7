"""Orders for who bought: the list of an account, an order's page, and what can be done from it."""

from app.routes.storefront.orders import again, cancelling, finding, history, showing

ROUTES = [*finding.ROUTES, *showing.ROUTES, *again.ROUTES, *cancelling.ROUTES, *history.ROUTES]
