"""What staff set: who the shop is, what it asks and promises, taxes, delivery, switches, and what got stuck."""

from app.routes.staff.settings import failures, mails, overview, shipping, shop, switches, taxes

ROUTES = [
    *overview.ROUTES,
    *shop.ROUTES,
    *taxes.ROUTES,
    *shipping.ROUTES,
    *switches.ROUTES,
    *mails.ROUTES,
    *failures.ROUTES,
]
