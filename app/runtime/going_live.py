"""What a shop needs before its first sale: the same list for its overview and for `shop doctor --setup`."""

import msgspec

from app.runtime.settings import Settings
from domains.desk import Readiness
from domains.kit.i18n import gettext as _


class Step(msgspec.Struct, frozen=True):
    """One thing to do; `hint` says how while it is not done, `route` where in the back office."""

    key: str
    label: str
    is_done: bool
    hint: str
    route: str = ""


def steps(ready: Readiness, settings: Settings, *, workers: int) -> tuple[Step, ...]:
    """The list in the order in which it is best done."""
    keys = (settings.stripe_secret_key, settings.stripe_publishable_key, settings.stripe_webhook_secret)
    is_test = settings.stripe_secret_key.startswith(("sk_test", "rk_test"))
    return (
        Step(
            "second_factor",
            _("Every owner has a second factor"),
            0 < ready.owners == ready.owners_proven,
            _("An owner logs in with the password, then adds an authenticator app or a passkey."),
        ),
        Step(
            "warehouse",
            _("Goods have a warehouse"),
            ready.has_warehouse,
            _("Open the one that orders are sent from; the first stock of a product is put down there."),
            "staff.stock.warehouses",
        ),
        Step(
            "products",
            _("A product is published"),
            ready.has_product,
            _("Import a file, or write the first one."),
            "staff.products",
        ),
        Step(
            "shipping",
            _("Delivery has a price"),
            ready.has_shipping,
            _("Add a zone with a method and what it costs."),
            "staff.settings.shipping",
        ),
        Step(
            "tax",
            _("Tax rates are entered"),
            ready.has_tax,
            _("Enter the rates of the places you sell to, by hand or from a CSV file."),
            "staff.settings.taxes",
        ),
        Step(
            "pages",
            _("The shop's pages were read and changed"),
            ready.pages > 0 and ready.pages_unread == 0,
            _("The texts it came with promise things in your name: read each and save it."),
            "staff.pages",
        ),
        Step(
            "sender",
            _("Mails have a sender and a way out"),
            bool(ready.sender and settings.smtp_url),
            _("Set SMTP_URL, and in the settings the address that mails come from."),
            "staff.settings.addresses",
        ),
        Step(
            "stripe_keys",
            _("Payments have live Stripe keys"),
            all(keys) and not is_test,
            _("These are test keys: no money moves. Set the live ones when all else is done.")
            if all(keys)
            else _("Set STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET."),
        ),
        Step(
            "stripe_webhook",
            _("Stripe's notices arrive"),
            ready.webhook_seen,
            _("In Stripe, send events to {address}, then press “Send test event”.").format(
                address=f"{settings.base_url}/webhooks/stripe"
            ),
        ),
        Step(
            "https",
            _("The shop's address is safe"),
            settings.base_url.startswith("https://"),
            _("Set BASE_URL to the address people will use; it begins with https://."),
        ),
        Step(
            "worker",
            _("A worker is alive"),
            workers > 0,
            _("Start `shop work`: without it no mail leaves and no picture is made."),
        ),
    )
