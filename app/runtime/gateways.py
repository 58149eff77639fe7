"""Opens the payment gateway that the settings name."""

from app.runtime.settings import Settings
from domains.payments.gateway import Gateway, StripeGateway


def open_gateway(settings: Settings) -> Gateway:
    """Stripe, or the sandbox that speaks like it: only the base address differs."""
    return StripeGateway(
        # Without a key every call is refused by the gateway, and checkout says that payment is not available.
        secret_key=settings.stripe_secret_key or "sk_test_unset",
        webhook_secret=settings.stripe_webhook_secret,
        api_base=settings.stripe_api_base,
    )
