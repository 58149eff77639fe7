"""The books of the big shop: the ledger, the invoices, costs, what was compared, and the figures kept by day."""

from bench.scratch import BENCH, in_bulk
from domains import desk
from domains.kit import Database

_LEDGER = """
WITH moved AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, 'capture' AS kind, id AS payment_id, order_id, captured_cents AS amount, currency,
           'capture:' || id AS cause, captured_at AS at FROM payments.payments WHERE captured_cents > 0
    UNION ALL
    SELECT gen_random_uuid(), 'refund', r.payment_id, p.order_id, r.amount_cents, r.currency, 'refund:' || r.id,
           r.processed_at
    FROM payments.refunds r JOIN payments.payments p ON p.id = r.payment_id WHERE r.status = 'processed'
), transactions AS (
    INSERT INTO payments.ledger_transactions (id, kind, payment_id, order_id, cause, recorded_at)
    SELECT id, kind, payment_id, order_id, cause, at FROM moved
)
INSERT INTO payments.ledger_entries (transaction_id, position, account, amount, currency)
SELECT id, 1, CASE kind WHEN 'capture' THEN 'gateway_clearing' ELSE 'refunds' END, amount, currency FROM moved
UNION ALL
SELECT id, 2, CASE kind WHEN 'capture' THEN 'customer_orders' ELSE 'gateway_clearing' END, -amount, currency FROM moved
"""
_INVOICES = """
INSERT INTO invoicing.documents (id, kind, series, year, number, label, order_id, currency, prices_include_tax,
    subtotal_cents, discount_cents, shipping_cents, tax_cents, total_cents, lines, taxes, seller, buyer, ordered_on,
    paid_on, issued_on, issued_at)
SELECT gen_random_uuid(), 'invoice', 'INV', 2026, row_number() OVER (ORDER BY confirmed_at, id),
       'INV-2026-' || row_number() OVER (ORDER BY confirmed_at, id), id, currency, true, total_cents, 0, 0,
       total_cents * 19 / 119, total_cents, '[]',
       jsonb_build_array(jsonb_build_object('name', 'VAT', 'rate_ppm', 190000, 'taxable',
           total_cents - total_cents * 19 / 119, 'tax', total_cents * 19 / 119)),
       '{}', billing_address_snapshot, CAST(confirmed_at AS date), CAST(confirmed_at AS date),
       CAST(confirmed_at AS date), confirmed_at
FROM orders.orders WHERE confirmed_at IS NOT NULL
"""
_COSTS = """
INSERT INTO pricing.costs (variant_id, currency, amount)
SELECT id, 'USD', 100 + hashtext(sku) % 50 FROM catalog.variants ON CONFLICT DO NOTHING
"""
_COMPARED = """
INSERT INTO payments.comparisons (day, currency, their_payments, their_taken, our_payments, our_taken, their_refunds,
                                  their_refunded, our_refunds, our_refunded)
SELECT CAST(captured_at AS date), currency, count(*), sum(captured_cents), count(*), sum(captured_cents), 0, 0, 0, 0
FROM payments.payments WHERE captured_cents > 0 GROUP BY 1, 2
"""


async def fill_books(db: Database, _products: int, _orders: int) -> None:
    """The ledger and an invoice of every order, costs, the comparisons of every day, and the figures of all days."""
    for statement in (_LEDGER, _INVOICES, _COSTS, _COMPARED):
        await in_bulk(db, statement, {})
    kept = 1
    while kept:
        async with db.transaction(BENCH) as tx:
            await tx.sql("SET LOCAL statement_timeout = '300s'")
            kept = await desk.keep_reports(tx)
    async with db.transaction(BENCH) as tx:
        await desk.keep_stock(tx)
