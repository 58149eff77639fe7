"""What must hold of what was sent."""

from domains.desk.invariants.shape import Invariant

FULFILMENT = (
    Invariant(
        "I27",
        "no more was shipped than was ordered and not cancelled, and each shipment moved what was allocated once",
        """
        WITH gone AS (
            SELECT order_id, variant_id, sum(quantity) AS quantity FROM inventory.dispatches
            GROUP BY order_id, variant_id
        ), cancelled AS (
            SELECT order_id, variant_id, sum(quantity) AS quantity FROM fulfilment.cancelled_lines
            GROUP BY order_id, variant_id
        ), planned AS (
            SELECT s.order_id, l.variant_id, sum(l.quantity) AS quantity
            FROM fulfilment.shipments s JOIN fulfilment.shipment_lines l ON l.shipment_id = s.id
            WHERE s.status <> 'called_off' GROUP BY s.order_id, l.variant_id
        )
        SELECT 'shipped beyond what was ordered' AS what, g.order_id, g.variant_id, g.quantity AS is,
               coalesce(l.quantity, 0) - coalesce(c.quantity, 0) AS should
        FROM gone g LEFT JOIN orders.order_lines l USING (order_id, variant_id)
        LEFT JOIN cancelled c USING (order_id, variant_id)
        WHERE g.quantity > coalesce(l.quantity, 0) - coalesce(c.quantity, 0)
        UNION ALL
        SELECT 'in shipments', l.order_id, l.variant_id, coalesce(p.quantity, 0),
               l.quantity - coalesce(c.quantity, 0)
        FROM orders.order_lines l JOIN orders.orders o ON o.id = l.order_id
        LEFT JOIN planned p USING (order_id, variant_id) LEFT JOIN cancelled c USING (order_id, variant_id)
        WHERE o.status <> 'cancelled' AND NOT l.is_digital
          AND EXISTS (SELECT FROM fulfilment.shipments s WHERE s.order_id = l.order_id)
          AND coalesce(p.quantity, 0) <> l.quantity - coalesce(c.quantity, 0)
        UNION ALL
        SELECT 'left without moving stock', s.order_id, l.variant_id, d.quantity, l.quantity
        FROM fulfilment.shipments s JOIN fulfilment.shipment_lines l ON l.shipment_id = s.id
        LEFT JOIN inventory.dispatches d ON d.shipment_id = s.id AND d.variant_id = l.variant_id
             AND d.warehouse_id = s.warehouse_id AND d.order_id = s.order_id
        WHERE s.status IN ('shipped', 'delivered') AND d.quantity IS DISTINCT FROM l.quantity
        UNION ALL
        SELECT 'stock moved without leaving', d.order_id, d.variant_id, d.quantity, NULL
        FROM inventory.dispatches d
        WHERE NOT EXISTS (
            SELECT FROM fulfilment.shipments s JOIN fulfilment.shipment_lines l ON l.shipment_id = s.id
            WHERE s.id = d.shipment_id AND l.variant_id = d.variant_id AND s.status IN ('shipped', 'delivered'))
        UNION ALL
        SELECT 'counted as gone', r.order_id, p.variant_id, p.shipped, coalesce(d.quantity, 0)
        FROM inventory.reservation_parts p JOIN inventory.reservations r ON r.id = p.reservation_id
        LEFT JOIN (SELECT order_id, variant_id, warehouse_id, sum(quantity) AS quantity FROM inventory.dispatches
                   GROUP BY order_id, variant_id, warehouse_id) d
               ON d.order_id = r.order_id AND d.variant_id = p.variant_id AND d.warehouse_id = p.warehouse_id
        WHERE r.status IN ('consumed', 'released') AND r.order_id IS NOT NULL
          AND p.shipped <> coalesce(d.quantity, 0)
        UNION ALL
        SELECT 'order and shipments', o.id, NULL, NULL, NULL
        FROM orders.orders o JOIN LATERAL (
            SELECT bool_and(s.status IN ('shipped', 'delivered')) AS all_gone
            FROM fulfilment.shipments s WHERE s.order_id = o.id AND s.status <> 'called_off') sent
            ON sent.all_gone IS NOT NULL
        WHERE o.status IN ('confirmed', 'shipped', 'delivered')
          AND sent.all_gone <> (o.status IN ('shipped', 'delivered'))
        """,
    ),
)
