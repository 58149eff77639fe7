"""What must hold of orders."""

from domains.desk.invariants.shape import Invariant

ORDERS = (
    Invariant(
        "I14",
        "nothing ships unpaid",
        """
        SELECT o.id AS order_id, o.status, o.total_cents, coalesce(p.captured_cents, 0) AS captured
        FROM orders.orders o LEFT JOIN payments.payments p ON p.id = o.payment_id
        WHERE (o.shipped_at IS NOT NULL OR EXISTS (
                   SELECT FROM fulfilment.shipments s WHERE s.order_id = o.id AND s.shipped_at IS NOT NULL))
          AND o.total_cents > coalesce(p.captured_cents, 0)
        """,
    ),
    Invariant(
        "I15",
        "lines and totals add up, and no amount is negative or beyond what can be counted",
        """
        SELECT o.id AS order_id, o.subtotal_cents, o.discount_cents, o.shipping_cents, o.tax_cents, o.total_cents,
               l.subtotal AS of_lines, t.tax AS of_tax_lines
        FROM orders.orders o
        JOIN LATERAL (
            SELECT coalesce(sum(line_total_cents), 0) AS subtotal,
                   coalesce(bool_and(line_total_cents = unit_price_cents * quantity AND quantity > 0
                                     AND unit_price_cents >= 0), false) AS adds_up
            FROM orders.order_lines WHERE order_id = o.id) l ON true
        JOIN LATERAL (
            SELECT coalesce(sum(tax_cents), 0) AS tax FROM orders.order_tax_lines WHERE order_id = o.id) t ON true
        WHERE NOT l.adds_up OR l.subtotal <> o.subtotal_cents OR t.tax <> o.tax_cents
           OR o.total_cents <> o.subtotal_cents - o.discount_cents + o.shipping_cents
              + CASE WHEN o.prices_include_tax THEN 0 ELSE o.tax_cents END
           OR least(o.subtotal_cents, o.discount_cents, o.shipping_cents, o.tax_cents, o.total_cents) < 0
           OR greatest(o.subtotal_cents, o.total_cents) >= 9007199254740992
        """,
    ),
    Invariant(
        "I25",
        "a cart has one live order and one live checkout, a checkout one live order",
        """
        SELECT 'orders of a cart' AS what, cart_id AS of, count(*) AS live FROM orders.orders
        WHERE status <> 'cancelled' AND cart_id IS NOT NULL GROUP BY cart_id HAVING count(*) > 1
        UNION ALL
        SELECT 'orders of a checkout', checkout_id, count(*) FROM orders.orders
        WHERE status <> 'cancelled' AND checkout_id IS NOT NULL GROUP BY checkout_id HAVING count(*) > 1
        UNION ALL
        SELECT 'checkouts of a cart', cart_id, count(*) FROM checkout.checkouts
        WHERE status IN ('open', 'placed') GROUP BY cart_id HAVING count(*) > 1
        """,
    ),
    Invariant(
        "I25c",
        "no command stays in progress for more than five minutes",
        """
        SELECT scope, key, locked_at FROM kit.idempotency_keys
        WHERE answer IS NULL AND locked_at < now() - interval '5 minutes'
        """,
        only_at_rest=True,
    ),
    Invariant(
        "I26",
        "an order that was confirmed has exactly one confirmation mail, any other none",
        """
        SELECT o.id AS order_id, o.status, o.confirmed_at, n.mails
        FROM orders.orders o JOIN LATERAL (
            SELECT count(*) AS mails FROM notifications.notifications
            WHERE order_id = o.id AND template_name = 'order_confirmation' AND audience = 'customer'
              AND again_of IS NULL) n ON true
        WHERE n.mails > 1 OR (n.mails = 1) <> (o.confirmed_at IS NOT NULL)
          AND NOT (n.mails = 0 AND EXISTS (  -- the fact is still on its way to the mails
              SELECT FROM kit.events e LEFT JOIN kit.deliveries d
                ON d.event_id = e.id AND d.subscriber = 'notifications'
              WHERE e.stream = 'order' AND e.stream_id = o.id AND e.type = 'order.confirmed'
                AND (d.state = 'pending' OR EXISTS (SELECT FROM kit.outbox b WHERE b.event_id = e.id))))
        """,
    ),
)
