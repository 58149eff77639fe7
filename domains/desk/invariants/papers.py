"""What must hold of invoices and credit notes."""

from domains.desk.invariants.shape import Invariant

# A fact that is still on its way to invoicing, or in a shop where nobody listens yet (`shop work` has never run).
_ON_ITS_WAY = """
    (NOT EXISTS (SELECT FROM kit.subscriptions s WHERE s.subscriber = 'invoicing')
     OR EXISTS (SELECT FROM kit.events e LEFT JOIN kit.deliveries d
                  ON d.event_id = e.id AND d.subscriber = 'invoicing'
                WHERE e.stream = '{stream}' AND e.stream_id = {id} AND e.type = '{type}'
                  AND (d.state = 'pending' OR EXISTS (SELECT FROM kit.outbox b WHERE b.event_id = e.id))))
"""

PAPERS = (
    Invariant(
        "I29",
        "invoices are gapless and equal their orders, credit notes their refunds",
        f"""
        SELECT 'numbers of ' || coalesce(c.series, n.series) || ' ' || coalesce(c.year, n.year) AS what,
               coalesce(c.last, 0) AS due, coalesce(n.there, 0) AS there
        FROM invoicing.counters c
        FULL JOIN (SELECT series, year, count(DISTINCT number) AS there, max(number) AS highest
                   FROM invoicing.documents GROUP BY series, year) n ON n.series = c.series AND n.year = c.year
        WHERE coalesce(c.last, 0) <> coalesce(n.there, 0) OR coalesce(c.last, 0) <> coalesce(n.highest, 0)
        UNION ALL
        SELECT 'invoices of order ' || o.order_number, (o.confirmed_at IS NOT NULL)::int, d.there
        FROM orders.orders o JOIN LATERAL (
            SELECT count(*) AS there FROM invoicing.documents WHERE order_id = o.id AND kind = 'invoice') d ON true
        WHERE d.there <> (o.confirmed_at IS NOT NULL)::int
          AND NOT (d.there = 0 AND {_ON_ITS_WAY.format(stream="order", id="o.id", type="order.confirmed")})
        UNION ALL
        SELECT 'total of ' || d.label, o.total_cents, d.total_cents
        FROM invoicing.documents d JOIN orders.orders o ON o.id = d.order_id
        WHERE d.kind = 'invoice'
          AND (d.total_cents, d.tax_cents, d.subtotal_cents, d.discount_cents, d.shipping_cents, d.currency,
               d.prices_include_tax)
              IS DISTINCT FROM (o.total_cents, o.tax_cents, o.subtotal_cents, o.discount_cents, o.shipping_cents,
                                o.currency, o.prices_include_tax)
        UNION ALL
        SELECT 'lines or taxes of ' || d.label, d.subtotal_cents, l.amount
        FROM invoicing.documents d
        JOIN LATERAL (SELECT coalesce(sum((line ->> 'amount')::bigint), 0) AS amount
                      FROM jsonb_array_elements(d.lines) line) l ON true
        JOIN LATERAL (SELECT coalesce(sum((tax ->> 'tax')::bigint), 0) AS amount
                      FROM jsonb_array_elements(d.taxes) tax) t ON true
        WHERE l.amount <> d.subtotal_cents OR t.amount <> d.tax_cents
        UNION ALL
        SELECT 'credit notes of refund ' || r.id, 1, d.notes
        FROM payments.refunds r JOIN payments.payments p ON p.id = r.payment_id
        JOIN orders.orders o ON o.id = p.order_id
        JOIN LATERAL (SELECT count(*) AS notes FROM invoicing.documents
                      WHERE refund_id = r.id AND kind = 'credit_note') d ON true
        WHERE r.processed_at IS NOT NULL AND o.confirmed_at IS NOT NULL AND d.notes <> 1
          AND NOT (d.notes = 0 AND {_ON_ITS_WAY.format(stream="payment", id="p.id", type="refund.processed")})
        UNION ALL
        SELECT 'reversals of refund ' || r.id, 1, d.reversals
        FROM payments.refunds r JOIN payments.payments p ON p.id = r.payment_id
        JOIN orders.orders o ON o.id = p.order_id
        JOIN LATERAL (SELECT count(*) AS reversals FROM invoicing.documents
                      WHERE refund_id = r.id AND kind = 'reversal') d ON true
        WHERE o.confirmed_at IS NOT NULL
          AND d.reversals <> (r.processed_at IS NOT NULL AND r.status = 'failed')::int
          AND NOT (d.reversals = 0 AND {_ON_ITS_WAY.format(stream="payment", id="p.id", type="refund.failed")})
        UNION ALL
        SELECT 'total of ' || d.label, r.amount_cents, d.total_cents
        FROM invoicing.documents d LEFT JOIN payments.refunds r ON r.id = d.refund_id
        LEFT JOIN payments.payments p ON p.id = r.payment_id
        WHERE d.kind IN ('credit_note', 'reversal')
          AND (r.processed_at IS NULL OR r.amount_cents <> d.total_cents OR r.currency <> d.currency
               OR p.order_id <> d.order_id)
        """,
    ),
)
