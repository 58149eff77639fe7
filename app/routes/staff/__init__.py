"""The back office. Each area is a module with its routes; they are listed here by hand."""

from app.routes.staff import passkeys, second_factor, session

ROUTES = [
    *session.ROUTES,
    *second_factor.ROUTES,
    *passkeys.ROUTES,
]
