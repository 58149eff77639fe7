"""What must hold of the stock."""

from domains.desk.invariants.shape import Invariant

STOCK = (
    Invariant(
        "I01",
        "the quantity on hand is the sum of its movements",
        """
        SELECT s.variant_id, s.warehouse_id, s.quantity_on_hand, coalesce(m.moved, 0) AS moved
        FROM inventory.stock_items s LEFT JOIN (
            SELECT variant_id, warehouse_id, sum(quantity) AS moved FROM inventory.stock_movements
            GROUP BY variant_id, warehouse_id) m USING (variant_id, warehouse_id)
        WHERE s.quantity_on_hand <> coalesce(m.moved, 0)
        """,
    ),
    Invariant(
        "I02",
        "the quantities reserved and owed are what holds have",
        """
        SELECT s.variant_id, s.warehouse_id, s.quantity_reserved, coalesce(h.held, 0) AS held,
               s.quantity_backordered, coalesce(h.owed, 0) AS owed
        FROM inventory.stock_items s LEFT JOIN (
            SELECT p.variant_id, p.warehouse_id,
                   sum(p.quantity) FILTER (WHERE r.status IN ('held', 'bound')) AS held, sum(p.backordered) AS owed
            FROM inventory.reservation_parts p JOIN inventory.reservations r ON r.id = p.reservation_id
            WHERE r.status IN ('held', 'bound', 'consumed') GROUP BY p.variant_id, p.warehouse_id) h
            USING (variant_id, warehouse_id)
        WHERE s.quantity_reserved <> coalesce(h.held, 0) OR s.quantity_backordered <> coalesce(h.owed, 0)
        """,
    ),
    Invariant(
        "I03",
        "no quantity is negative, and no more is reserved than there is",
        """
        SELECT variant_id, warehouse_id, quantity_on_hand, quantity_reserved, quantity_allocated, quantity_backordered
        FROM inventory.stock_items
        WHERE quantity_on_hand < 0 OR quantity_reserved NOT BETWEEN 0 AND quantity_on_hand
           OR quantity_allocated < 0 OR quantity_backordered < 0
        """,
    ),
    Invariant(
        "I04",
        "no hold lives a minute longer than it should",
        """
        SELECT id AS reservation_id, status, expires_at FROM inventory.reservations
        WHERE status IN ('held', 'bound') AND expires_at < kit.now() - interval '60 seconds'
        """,
        only_at_rest=True,
    ),
    Invariant(
        "I05",
        "a paid order has taken exactly what it sold, a waiting one holds it, a dead one holds nothing",
        """
        WITH taken AS (
            SELECT r.order_id, r.status, p.variant_id, sum(p.quantity + p.backordered + p.cancelled) AS quantity
            FROM inventory.reservations r JOIN inventory.reservation_parts p ON p.reservation_id = r.id
            WHERE r.status IN ('bound', 'consumed') GROUP BY r.order_id, r.status, p.variant_id
        ), wanted AS (
            SELECT o.id AS order_id, l.variant_id, l.quantity,
                   CASE o.status WHEN 'pending' THEN 'bound' ELSE 'consumed' END AS status
            FROM orders.orders o JOIN orders.order_lines l ON l.order_id = o.id
            WHERE o.status <> 'cancelled' AND NOT l.is_digital
        )
        SELECT w.order_id, w.variant_id, w.quantity AS ordered, t.quantity AS taken
        FROM wanted w LEFT JOIN taken t USING (order_id, variant_id, status)
        WHERE w.quantity IS DISTINCT FROM t.quantity
        UNION ALL
        SELECT t.order_id, t.variant_id, NULL, t.quantity
        FROM taken t LEFT JOIN wanted w USING (order_id, variant_id, status)
        LEFT JOIN orders.orders o ON o.id = t.order_id
        WHERE w.order_id IS NULL AND o.shipped_at IS NULL
        UNION ALL
        SELECT o.id, sold.variant_id, sold.quantity, sold.returned
        FROM orders.orders o JOIN LATERAL (
            SELECT m.variant_id, -sum(m.quantity) FILTER (WHERE m.reason IN ('sale', 'backorder'))
                       AS quantity,
                   coalesce(sum(m.quantity) FILTER (WHERE m.reason = 'cancellation'), 0) AS returned
            FROM inventory.stock_movements m
            WHERE m.reference = o.id::text AND m.reason IN ('sale', 'backorder', 'cancellation')
            GROUP BY m.variant_id) sold ON true
        LEFT JOIN LATERAL (
            SELECT sum(d.quantity) AS quantity FROM inventory.dispatches d
            WHERE d.order_id = o.id AND d.variant_id = sold.variant_id) gone ON true
        WHERE o.status = 'cancelled' AND o.shipped_at IS NULL
          AND sold.quantity <> sold.returned + coalesce(gone.quantity, 0)
        UNION ALL
        SELECT NULL, s.variant_id, s.quantity_allocated, coalesce(sold.quantity, 0)
        FROM inventory.stock_items s LEFT JOIN (
            SELECT p.variant_id, p.warehouse_id, sum(p.quantity - p.shipped) AS quantity
            FROM inventory.reservation_parts p JOIN inventory.reservations r ON r.id = p.reservation_id
            WHERE r.status = 'consumed' GROUP BY p.variant_id, p.warehouse_id) sold USING (variant_id, warehouse_id)
        WHERE s.quantity_allocated <> coalesce(sold.quantity, 0)
        """,
    ),
    Invariant(
        "I34",
        "what travels between warehouses left one of them, and every piece of it is known of",
        """
        SELECT t.id AS transfer_id, l.variant_id, l.quantity, l.received, l.returned, l.lost,
               coalesce(source.moved, 0) AS left_source, coalesce(destination.moved, 0) AS came_to_destination
        FROM inventory.transfers t JOIN inventory.transfer_lines l ON l.transfer_id = t.id
        LEFT JOIN LATERAL (SELECT sum(m.quantity) AS moved FROM inventory.stock_movements m
            WHERE m.reference = t.id::text AND m.reason = 'transfer' AND m.variant_id = l.variant_id
              AND m.warehouse_id = t.source_id) source ON true
        LEFT JOIN LATERAL (SELECT sum(m.quantity) AS moved FROM inventory.stock_movements m
            WHERE m.reference = t.id::text AND m.reason = 'transfer' AND m.variant_id = l.variant_id
              AND m.warehouse_id = t.destination_id) destination ON true
        WHERE coalesce(source.moved, 0) <> CASE WHEN t.status IN ('sent', 'received') THEN l.returned - l.quantity
                                                ELSE 0 END
           OR coalesce(destination.moved, 0) <> l.received
           OR (t.status = 'received' AND l.received + l.returned + l.lost <> l.quantity)
           OR (t.status IN ('draft', 'cancelled') AND l.received + l.returned + l.lost <> 0)
        UNION ALL
        SELECT NULL, m.variant_id, NULL, NULL, NULL, NULL, sum(m.quantity), NULL
        FROM inventory.stock_movements m
        WHERE m.reason = 'transfer' AND NOT EXISTS (
            SELECT FROM inventory.transfers t JOIN inventory.transfer_lines l ON l.transfer_id = t.id
            WHERE t.id::text = m.reference AND l.variant_id = m.variant_id
              AND m.warehouse_id IN (t.source_id, t.destination_id))
        GROUP BY m.variant_id
        """,
    ),
    Invariant(
        "I35",
        "what came of a purchase order is in the ledger, and what is expected is open",
        """
        SELECT o.id AS purchase_id, l.variant_id, l.quantity, l.received, coalesce(ledger.moved, 0) AS moved, o.status
        FROM inventory.purchase_orders o JOIN inventory.purchase_lines l ON l.purchase_order_id = o.id
        LEFT JOIN LATERAL (SELECT sum(m.quantity) AS moved FROM inventory.stock_movements m
            WHERE m.reference = o.id::text AND m.reason = 'received' AND m.variant_id = l.variant_id
              AND m.warehouse_id = o.warehouse_id) ledger ON true
        WHERE l.received <> coalesce(ledger.moved, 0)
           OR (o.status IN ('draft', 'cancelled') AND l.received <> 0)
        """,
    ),
    Invariant(
        "I36",
        "an approved count has moved what it found to differ, and no other has moved anything",
        """
        SELECT c.id AS count_id, l.variant_id, l.counted - l.expected AS difference, coalesce(ledger.moved, 0) AS moved
        FROM inventory.stock_counts c JOIN inventory.count_lines l ON l.count_id = c.id
        LEFT JOIN LATERAL (SELECT sum(m.quantity) AS moved FROM inventory.stock_movements m
            WHERE m.reference = c.id::text AND m.reason = 'count' AND m.variant_id = l.variant_id
              AND m.warehouse_id = c.warehouse_id) ledger ON true
        WHERE coalesce(ledger.moved, 0) <> CASE WHEN c.status = 'approved' THEN coalesce(l.counted - l.expected, 0)
                                                ELSE 0 END
        """,
    ),
    Invariant(
        "I37",
        "no order that was paid waits for what lies free on a shelf",
        """
        SELECT r.order_id, p.variant_id, p.backordered, s.warehouse_id,
               s.quantity_on_hand - s.quantity_reserved AS available
        FROM inventory.reservation_parts p
        JOIN inventory.reservations r ON r.id = p.reservation_id AND r.status = 'consumed'
        JOIN inventory.stock_items s ON s.variant_id = p.variant_id AND s.quantity_on_hand > s.quantity_reserved
        JOIN inventory.warehouses w ON w.id = s.warehouse_id AND w.is_active
        WHERE p.backordered > 0
        """,
        only_at_rest=True,
    ),
)
