"""Opens the payment gateway that the settings name, and the carriers."""

from collections.abc import Mapping

from app.runtime.settings import Settings
from domains.fulfilment import Carrier, carriers_of
from domains.payments.gateway import Gateway, StripeGateway


def open_gateway(settings: Settings) -> Gateway:
    """Stripe, or the sandbox that speaks like it: only the base address differs."""
    return StripeGateway(
        # Without a key every call is refused by the gateway, and checkout says that payment is not available.
        secret_key=settings.stripe_secret_key or "sk_test_unset",
        webhook_secret=settings.stripe_webhook_secret,
        api_base=settings.stripe_api_base,
    )


TRYING_PACE = 60.0  # an hour of the simulated carrier, which real shops do not have, is a minute


def open_carriers(settings: Settings) -> Mapping[str, Carrier]:
    """The programs that speak with carriers, by their names in `fulfilment.carriers`."""
    return carriers_of(settings.secret_key, pace=TRYING_PACE)
