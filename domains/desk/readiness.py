"""How far a shop is on its way to its first sale, as far as its data tells."""

import msgspec

from domains.kit import Transaction

_READ = """
SELECT (SELECT count(*) FROM accounts.accounts a WHERE a.role = 'owner' AND a.account_status = 'active') AS owners,
       (SELECT count(*) FROM accounts.accounts a WHERE a.role = 'owner' AND a.account_status = 'active' AND (
            EXISTS (SELECT 1 FROM accounts.totp_secrets t WHERE t.account_id = a.id AND t.secret IS NOT NULL)
            OR EXISTS (SELECT 1 FROM accounts.passkeys p WHERE p.account_id = a.id))) AS owners_proven,
       (SELECT max(received_at) IS NOT NULL FROM payments.webhook_events) AS webhook_seen,
       EXISTS (SELECT 1 FROM pricing.tax_rates) AS has_tax,
       EXISTS (SELECT 1 FROM shipping.methods WHERE is_active) AS has_shipping,
       EXISTS (SELECT 1 FROM inventory.warehouses WHERE is_active) OR (
            EXISTS (SELECT 1 FROM catalog.variants WHERE kind = 'digital')
            AND NOT EXISTS (SELECT 1 FROM catalog.variants WHERE kind = 'physical')) AS has_warehouse,
       EXISTS (SELECT 1 FROM catalog.products WHERE published_at <= kit.now()) AS has_product,
       (SELECT count(*) FROM content.pages WHERE is_published) AS pages,
       (SELECT count(*) FROM content.pages WHERE is_published AND updated_at = created_at) AS pages_unread,
       (SELECT max(sender_email) FROM store.shop) AS sender
"""


class Readiness(msgspec.Struct, frozen=True):
    """What the shop has: counts where some of several may be missing; who sells files alone needs no warehouse."""

    owners: int
    owners_proven: int
    webhook_seen: bool
    has_tax: bool
    has_shipping: bool
    has_warehouse: bool
    has_product: bool
    pages: int
    pages_unread: int
    sender: str


async def readiness(tx: Transaction) -> Readiness:
    """What is there and what is missing, in one query."""
    row = (await tx.sql(_READ)).mappings().one()
    return Readiness(**{**row, "sender": row["sender"] or ""})
