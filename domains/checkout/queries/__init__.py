"""What can be asked of a checkout."""

from domains.checkout.queries.finding import by_token, checkout, live, payment_of
from domains.checkout.queries.progress import progress
from domains.checkout.queries.quoting import fingerprint, quote

__all__ = ["by_token", "checkout", "fingerprint", "live", "payment_of", "progress", "quote"]
