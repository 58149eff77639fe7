"""An account on the web: in and out of it, its home, and all that its owner can see to himself."""

from app.routes.storefront.account import (
    addresses,
    closing,
    email,
    entering,
    home,
    password,
    profile,
    registering,
)

ROUTES = [
    *entering.ROUTES,
    *registering.ROUTES,
    *password.ROUTES,
    *home.ROUTES,
    *profile.ROUTES,
    *email.ROUTES,
    *addresses.ROUTES,
    *closing.ROUTES,
]
