"""The back office. Each area is a module with its routes; they are listed here by hand."""

from app.routes.staff import (
    audit,
    commands,
    fulfilment,
    home,
    orders_list,
    passkeys,
    people,
    second_factor,
    security,
    session,
    settings,
    views,
)

ROUTES = [
    *session.ROUTES,
    *second_factor.ROUTES,
    *passkeys.ROUTES,
    *security.ROUTES,
    *people.ROUTES,
    *home.ROUTES,
    *fulfilment.ROUTES,
    *commands.ROUTES,
    *views.ROUTES,
    *orders_list.ROUTES,
    *audit.ROUTES,
    *settings.ROUTES,
]
