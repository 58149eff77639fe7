"""What must hold of the money: ours, the gateway's word of it (the mirror), and the books."""

from domains.desk.invariants.shape import Invariant

MONEY = (
    Invariant(
        "I06",
        "money that the gateway took belongs to one payment and one order",
        """
        SELECT g.intent_id, g.payment_id, g.amount_received, count(o.id) AS orders
        FROM payments.gateway_intents g
        LEFT JOIN payments.payments p ON p.id = g.payment_id AND p.gateway_transaction_id = g.intent_id
        LEFT JOIN orders.orders o ON o.payment_id = p.id
        WHERE g.amount_received > g.amount_refunded
        GROUP BY g.intent_id HAVING count(o.id) <> 1
        """,
    ),
    Invariant(
        "I07",
        "what we say was captured and refunded is what the gateway says",
        """
        SELECT p.id AS payment_id, p.currency, p.captured_cents, p.refunded_cents,
               g.amount_received, g.currency AS gateway_currency, r.refunded AS gateway_refunded
        FROM payments.payments p
        LEFT JOIN payments.gateway_intents g ON g.intent_id = p.gateway_transaction_id
        LEFT JOIN LATERAL (
            SELECT coalesce(sum(amount), 0) AS refunded FROM payments.gateway_refunds
            WHERE intent_id = p.gateway_transaction_id AND status = 'succeeded') r ON true
        WHERE p.captured_cents > 0 AND p.method IS DISTINCT FROM 'bank_transfer'
          AND (g.amount_received IS DISTINCT FROM p.captured_cents OR g.currency IS DISTINCT FROM p.currency
               OR r.refunded IS DISTINCT FROM p.refunded_cents)
        UNION ALL
        SELECT p.id, p.currency, p.captured_cents, p.refunded_cents, g.amount_received, g.currency, g.amount_refunded
        FROM payments.gateway_intents g JOIN payments.payments p ON p.id = g.payment_id
        WHERE g.amount_received > 0 AND g.quarantine_reason IS NULL AND p.captured_cents = 0
        """,
    ),
    Invariant(
        "I08",
        "a confirmed order is paid to the last cent",
        """
        SELECT o.id AS order_id, o.total_cents, coalesce(p.captured_cents, 0) AS captured
        FROM orders.orders o LEFT JOIN payments.payments p ON p.id = o.payment_id
        WHERE o.status IN ('confirmed', 'shipped', 'delivered') AND o.total_cents <> coalesce(p.captured_cents, 0)
        """,
    ),
    Invariant(
        "I09",
        "an order, its payment and its books are in one currency",
        """
        SELECT o.id AS order_id, o.currency, p.currency AS payment_currency, e.currency AS ledger_currency
        FROM orders.orders o JOIN payments.payments p ON p.id = o.payment_id
        LEFT JOIN payments.ledger_transactions t ON t.payment_id = p.id
        LEFT JOIN payments.ledger_entries e ON e.transaction_id = t.id
        WHERE p.currency <> o.currency OR e.currency <> o.currency
        """,
    ),
    Invariant(
        "I10",
        "no more goes back than was taken",
        """
        SELECT p.id AS payment_id, p.captured_cents, r.refunds
        FROM payments.payments p JOIN LATERAL (
            SELECT coalesce(sum(amount_cents), 0) AS refunds FROM payments.refunds
            WHERE payment_id = p.id AND status IN ('pending', 'processed')) r ON true
        WHERE r.refunds > p.captured_cents OR r.refunds <> p.refunding_cents + p.refunded_cents
        """,
    ),
    Invariant(
        "I11",
        "our refunds and the gateway's are the same, one to one",
        """
        SELECT r.id AS refund_id, g.gateway_refund_id, r.amount_cents, g.amount, r.status, g.status AS gateway_status
        FROM (SELECT f.* FROM payments.refunds f JOIN payments.payments p ON p.id = f.payment_id
              WHERE f.status = 'processed' AND p.method IS DISTINCT FROM 'bank_transfer') r
        FULL JOIN (SELECT * FROM payments.gateway_refunds WHERE status = 'succeeded') g
            ON g.gateway_refund_id = r.gateway_refund_id
        WHERE r.id IS NULL OR g.gateway_refund_id IS NULL OR r.amount_cents <> g.amount OR r.currency <> g.currency
        """,
    ),
    Invariant(
        "I12",
        "no order is both dead and charged, unless its refund is on its way",
        """
        SELECT o.id AS order_id, p.captured_cents, p.refunded_cents, p.refunding_cents
        FROM orders.orders o JOIN payments.payments p ON p.id = o.payment_id
        WHERE o.status = 'cancelled' AND p.captured_cents > p.refunded_cents + p.refunding_cents
        """,
    ),
    Invariant(
        "I13",
        "no money is held for a dead order, unless it is being let go, and its payment has ended",
        """
        SELECT o.id AS order_id, g.intent_id, g.status, g.amount_capturable
        FROM orders.orders o JOIN payments.gateway_intents g ON g.payment_id = o.payment_id
        WHERE o.status = 'cancelled' AND g.amount_capturable > 0
          AND NOT EXISTS (SELECT FROM payments.voids v WHERE v.intent_id = g.intent_id AND v.status = 'pending')
        UNION ALL
        SELECT o.id, p.gateway_transaction_id, p.status, NULL
        FROM orders.orders o JOIN payments.payments p ON p.id = o.payment_id
        WHERE o.status = 'cancelled' AND p.status IN ('pending', 'authorized')
        """,
    ),
    Invariant(
        "I16",
        "every movement in the books sums to zero",
        """
        SELECT t.id AS transaction_id, e.currency, coalesce(sum(e.amount), 0) AS off_by
        FROM payments.ledger_transactions t LEFT JOIN payments.ledger_entries e ON e.transaction_id = t.id
        GROUP BY t.id, e.currency HAVING coalesce(sum(e.amount), 0) <> 0 OR count(e.amount) < 2
        """,
    ),
    Invariant(
        "I17",
        "the books hold of each order what was captured less what was refunded",
        """
        SELECT p.order_id, p.captured_cents - p.refunded_cents AS expected, coalesce(b.cash, 0) AS booked
        FROM payments.payments p LEFT JOIN (
            SELECT t.payment_id, sum(e.amount) AS cash FROM payments.ledger_transactions t
            JOIN payments.ledger_entries e ON e.transaction_id = t.id
            WHERE e.account IN ('gateway_clearing', 'bank') GROUP BY t.payment_id) b ON b.payment_id = p.id
        WHERE p.captured_cents - p.refunded_cents <> coalesce(b.cash, 0)
        """,
    ),
)
