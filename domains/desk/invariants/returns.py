"""What must hold of returns and of refunds by line."""

from domains.desk.invariants.shape import Invariant

RETURNS = (
    Invariant(
        "I28",
        "what was returned was shipped, and went back to the shelf once",
        """
        WITH touched AS (
            SELECT order_line_id AS id FROM returns.return_lines
            UNION SELECT order_line_id FROM returns.refund_lines
        ), line AS (
            SELECT l.id, l.order_id, l.quantity AS ordered,
                   CASE WHEN EXISTS (SELECT FROM fulfilment.shipments WHERE order_id = l.order_id)
                   THEN (SELECT coalesce(sum(sl.quantity), 0) FROM fulfilment.shipment_lines sl
                         JOIN fulfilment.shipments s ON s.id = sl.shipment_id
                         WHERE sl.order_line_id = l.id AND s.status IN ('shipped', 'delivered'))
                   WHEN o.shipped_at IS NULL THEN 0 ELSE l.quantity END AS shipped,
                   (SELECT coalesce(sum(received), 0) FROM returns.return_lines WHERE order_line_id = l.id)
                   + (SELECT coalesce(sum(fl.quantity), 0) FROM returns.refund_lines fl
                      JOIN returns.refunds f ON f.id = fl.refund_id
                      WHERE fl.order_line_id = l.id AND fl.restock AND f.status = 'given') AS returned,
                   (SELECT coalesce(sum(rl.quantity), 0) FROM returns.return_lines rl
                    JOIN returns.returns r ON r.id = rl.return_id
                    WHERE rl.order_line_id = l.id AND r.status IN ('requested', 'approved')) AS announced,
                   (SELECT coalesce(sum(fl.quantity), 0) FROM returns.refund_lines fl
                    JOIN returns.refunds f ON f.id = fl.refund_id
                    LEFT JOIN payments.refunds p ON p.id = f.payment_refund_id
                    WHERE fl.order_line_id = l.id AND f.status <> 'refused' AND p.status IS DISTINCT FROM 'failed')
                   AS refunded
            FROM touched JOIN orders.order_lines l ON l.id = touched.id JOIN orders.orders o ON o.id = l.order_id
        ), shelved AS (
            SELECT 'return:' || rl.return_id AS reference, l.variant_id, sum(rl.restocked) AS quantity
            FROM returns.return_lines rl JOIN orders.order_lines l ON l.id = rl.order_line_id
            WHERE rl.restocked > 0 GROUP BY rl.return_id, l.variant_id
            UNION ALL
            SELECT 'refund:' || fl.refund_id, l.variant_id, sum(fl.quantity)
            FROM returns.refund_lines fl JOIN returns.refunds f ON f.id = fl.refund_id
            JOIN orders.order_lines l ON l.id = fl.order_line_id
            WHERE fl.restock AND f.status = 'given' GROUP BY fl.refund_id, l.variant_id
        ), moved AS (
            SELECT reference, variant_id, sum(quantity) AS quantity FROM inventory.stock_movements
            WHERE reference LIKE 'return:%' OR reference LIKE 'refund:%' GROUP BY reference, variant_id
        )
        SELECT 'more returned than shipped' AS what, id::text AS of, returned AS found, shipped AS allowed FROM line
        WHERE returned > shipped
        UNION ALL
        SELECT 'more announced than ordered', id::text, returned + announced, ordered FROM line
        WHERE returned + announced > ordered
        UNION ALL
        SELECT 'refunded beyond its pieces', id::text, refunded, ordered FROM line WHERE refunded > ordered
        UNION ALL
        SELECT 'on the shelf', coalesce(s.reference, m.reference), coalesce(m.quantity, 0), coalesce(s.quantity, 0)
        FROM shelved s FULL JOIN moved m ON m.reference = s.reference AND m.variant_id = s.variant_id
        WHERE coalesce(s.quantity, 0) <> coalesce(m.quantity, 0)
        UNION ALL
        SELECT 'given and not the payment''s', f.id::text, f.amount_cents, p.amount_cents
        FROM returns.refunds f JOIN payments.refunds p ON p.id = f.payment_refund_id
        WHERE (f.amount_cents, f.currency, f.payment_id) IS DISTINCT FROM (p.amount_cents, p.currency, p.payment_id)
        UNION ALL
        SELECT 'lines do not add up', f.id::text, coalesce(sum(fl.amount_cents), 0), f.goods_cents
        FROM returns.refunds f LEFT JOIN returns.refund_lines fl ON fl.refund_id = f.id
        GROUP BY f.id HAVING coalesce(sum(fl.amount_cents), 0) <> f.goods_cents
        """,
    ),
)
