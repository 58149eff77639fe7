"""A small server that speaks Stripe's wire format, so that the shop's one payment adapter runs against it unchanged.

It keeps Stripe's names, shapes, error classes and states; it takes test cards only, stores brand, last four digits and
expiry of a card and nothing else, and breaks on command. It is another company's system in miniature: it knows nothing
of the shop but the address of its webhook, and its texts, like Stripe's, are not in the shop's translations.
"""

from app.sandbox.stripe_server.app import StripeServer

__all__ = ["StripeServer"]
