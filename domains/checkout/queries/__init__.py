"""What can be asked of a checkout."""

from domains.checkout.queries.drafts import draft, draft_by_code, draft_by_link, draft_of, draft_quoted
from domains.checkout.queries.finding import by_token, checkout, live, payment_of
from domains.checkout.queries.progress import progress
from domains.checkout.queries.quoting import fingerprint, quote

__all__ = [
    "by_token",
    "checkout",
    "draft",
    "draft_by_code",
    "draft_by_link",
    "draft_of",
    "draft_quoted",
    "fingerprint",
    "live",
    "payment_of",
    "progress",
    "quote",
]
