"""What must hold of the facts: their streams, their delivery, and that they replay to the rows."""

from domains.desk.invariants.shape import Invariant

# The moment an event was made, from its id: a UUID of version 7 begins with milliseconds. `recorded_at` is the shop's
# clock, which a demo may have moved.
_MADE_AT = "to_timestamp((('x' || substr(replace(e.id::text, '-', ''), 1, 12))::bit(48)::bigint) / 1000.0)"

EVENTS = (
    Invariant(
        "I20",
        "event streams are gapless, go only where the state machines allow, and replay to their rows",
        """
        SELECT s.stream, s.stream_id, 'gap' AS problem, s.version::text AS head, count(e.id)::text AS found
        FROM kit.streams s LEFT JOIN kit.events e USING (stream, stream_id)
        GROUP BY s.stream, s.stream_id, s.version
        HAVING count(e.id) <> s.version OR max(e.version) <> s.version OR min(e.version) <> 1
        UNION ALL
        SELECT e.stream, e.stream_id, 'no head', NULL, count(*)::text
        FROM kit.events e LEFT JOIN kit.streams s USING (stream, stream_id)
        WHERE s.stream IS NULL GROUP BY e.stream, e.stream_id
        UNION ALL
        SELECT 'order', moves.stream_id, 'arrow', moves.before, moves.after
        FROM (
            SELECT stream_id, split_part(type, '.', 2) AS after, version,
                   lag(split_part(type, '.', 2)) OVER (PARTITION BY stream_id ORDER BY version) AS before
            FROM kit.events WHERE stream = 'order' AND type IN
                ('order.created', 'order.confirmed', 'order.shipped', 'order.delivered', 'order.cancelled')
        ) moves
        WHERE (coalesce(moves.before, ''), moves.after) NOT IN (
            ('', 'created'), ('created', 'confirmed'), ('created', 'cancelled'), ('confirmed', 'shipped'),
            ('confirmed', 'cancelled'), ('shipped', 'delivered'), ('shipped', 'cancelled'))
        UNION ALL
        SELECT 'order', o.id, 'replay', o.status, coalesce(last.type, 'no event')
        FROM orders.orders o LEFT JOIN LATERAL (
            SELECT type FROM kit.events WHERE stream = 'order' AND stream_id = o.id AND type IN
                ('order.created', 'order.confirmed', 'order.shipped', 'order.delivered', 'order.cancelled')
            ORDER BY version DESC LIMIT 1) last ON true
        WHERE last.type IS DISTINCT FROM 'order.' || CASE o.status WHEN 'pending' THEN 'created' ELSE o.status END
        UNION ALL
        SELECT 'order', o.id, 'replay', concat_ws(' ', o.order_number, o.total_cents, o.currency, o.user_id),
               concat_ws(' ', told.payload->>'number', told.payload->>'total', told.payload->>'currency', told.user_id)
        FROM orders.orders o JOIN LATERAL (
            SELECT e.payload, coalesce((
                SELECT claimed.payload->>'user_id' FROM kit.events claimed WHERE claimed.stream = 'order'
                AND claimed.stream_id = o.id AND claimed.type = 'order.claimed' ORDER BY claimed.version DESC LIMIT 1),
                e.payload->>'user_id') AS user_id
            FROM kit.events e WHERE e.stream = 'order' AND e.stream_id = o.id AND e.type = 'order.created') told ON true
        WHERE (o.order_number, o.total_cents, o.currency, o.user_id::text, o.payment_id::text) IS DISTINCT FROM
              (told.payload->>'number', (told.payload->>'total')::bigint, told.payload->>'currency', told.user_id,
               told.payload->>'payment_id')
        UNION ALL
        SELECT 'return', r.id, 'replay', r.status, coalesce(last.status, 'no event')
        FROM returns.returns r LEFT JOIN LATERAL (
            SELECT CASE type WHEN 'return.reopened' THEN 'received' ELSE split_part(type, '.', 2) END AS status
            FROM kit.events WHERE stream = 'return' AND stream_id = r.id AND type IN ('return.requested',
                'return.approved', 'return.rejected', 'return.received', 'return.refunded', 'return.reopened',
                'return.closed')
            ORDER BY version DESC LIMIT 1) last ON true
        WHERE last.status IS DISTINCT FROM r.status
        UNION ALL
        SELECT 'shipment', s.id, 'replay', concat_ws(' ', s.status, s.warehouse_id, lines.pieces),
               concat_ws(' ', told.status, told.warehouse_id, told.pieces)
        FROM fulfilment.shipments s LEFT JOIN LATERAL (
            SELECT (array_agg(CASE type WHEN 'shipment.allocated' THEN 'allocated' WHEN 'shipment.back_ordered'
                       THEN 'waiting' WHEN 'shipment.picking_begun' THEN 'picking' WHEN 'shipment.put_back'
                       THEN 'allocated' WHEN 'shipment.moved' THEN 'allocated' WHEN 'shipment.held' THEN 'on_hold'
                       WHEN 'shipment.created' THEN payload->>'status' WHEN 'shipment.resumed'
                       THEN payload->>'status' ELSE split_part(type, '.', 2) END ORDER BY version DESC)
                    FILTER (WHERE type IN ('shipment.created', 'shipment.allocated', 'shipment.back_ordered',
                       'shipment.picking_begun', 'shipment.put_back', 'shipment.moved', 'shipment.held',
                       'shipment.resumed', 'shipment.packed', 'shipment.shipped', 'shipment.delivered',
                       'shipment.called_off')))[1] AS status,
                   (array_agg(payload->>'warehouse_id' ORDER BY version DESC)
                    FILTER (WHERE type IN ('shipment.created', 'shipment.moved')))[1] AS warehouse_id,
                   coalesce(sum(change.pieces), 0) AS pieces
            FROM kit.events e LEFT JOIN LATERAL (
                SELECT sum((line->>'quantity')::int) * CASE WHEN e.type IN ('shipment.created', 'shipment.joined')
                       THEN 1 ELSE -1 END AS pieces
                FROM jsonb_array_elements(e.payload->'lines') line
                WHERE e.type IN ('shipment.created', 'shipment.joined', 'shipment.split', 'shipment.lines_cancelled')
            ) change ON true
            WHERE e.stream = 'shipment' AND e.stream_id = s.id) told ON true
        LEFT JOIN LATERAL (SELECT coalesce(sum(l.quantity), 0) AS pieces FROM fulfilment.shipment_lines l
                           WHERE l.shipment_id = s.id) lines ON true
        WHERE (s.status, s.warehouse_id::text, lines.pieces) IS DISTINCT FROM
              (told.status, told.warehouse_id, told.pieces)
        UNION ALL
        SELECT 'payment', moves.stream_id, 'arrow', moves.before, moves.after
        FROM (
            SELECT stream_id, split_part(type, '.', 2) AS after, version,
                   lag(split_part(type, '.', 2)) OVER (PARTITION BY stream_id ORDER BY version) AS before
            FROM kit.events WHERE stream = 'payment' AND type IN ('payment.created', 'payment.authorized',
                'payment.voided', 'payment.failed', 'payment.cancelled', 'payment.captured')
        ) moves
        WHERE (coalesce(moves.before, ''), moves.after) NOT IN (
            ('', 'created'), ('created', 'authorized'), ('created', 'captured'), ('created', 'failed'),
            ('created', 'cancelled'), ('authorized', 'captured'), ('authorized', 'voided'), ('voided', 'authorized'),
            ('voided', 'captured'), ('voided', 'failed'), ('voided', 'cancelled'), ('failed', 'captured'),
            ('cancelled', 'captured'))
        UNION ALL
        SELECT 'payment', p.id, 'replay', p.status || ' ' || p.captured_cents || ' ' || p.refunded_cents,
               coalesce(told.last_type, 'no event') || ' ' || told.captured || ' ' || told.refunded
        FROM payments.payments p JOIN LATERAL (
            SELECT (array_agg(type ORDER BY version DESC) FILTER (WHERE type IN ('payment.created',
                       'payment.authorized', 'payment.voided', 'payment.failed', 'payment.cancelled',
                       'payment.captured')))[1] AS last_type,
                   coalesce(sum((payload->>'amount')::bigint) FILTER (WHERE type = 'payment.captured'), 0) AS captured,
                   coalesce(sum((payload->>'amount')::bigint) FILTER (WHERE type = 'refund.processed'), 0)
                   - coalesce(sum((payload->>'amount')::bigint)
                              FILTER (WHERE type = 'refund.failed' AND (payload->>'returned')::boolean), 0) AS refunded
            FROM kit.events WHERE stream = 'payment' AND stream_id = p.id) told ON true
        WHERE told.captured <> p.captured_cents OR told.refunded <> p.refunded_cents
           OR p.status <> CASE
                WHEN told.captured > 0 AND told.refunded = told.captured THEN 'refunded'
                WHEN told.captured > 0 AND told.refunded > 0 THEN 'partially_refunded'
                WHEN told.captured > 0 THEN 'captured'
                WHEN told.last_type = 'payment.authorized' THEN 'authorized'
                WHEN told.last_type = 'payment.failed' THEN 'failed'
                WHEN told.last_type = 'payment.cancelled' THEN 'cancelled'
                WHEN told.last_type IN ('payment.created', 'payment.voided') THEN 'pending'
                ELSE 'unknown' END
        """,
    ),
    Invariant(
        "I21",
        "one cause acts once",
        """
        SELECT stream, stream_id, type, cause, count(*) AS times FROM kit.events
        WHERE cause IS NOT NULL GROUP BY stream, stream_id, type, cause HAVING count(*) > 1
        UNION ALL
        SELECT stream, stream_id, type, NULL, count(*) FROM kit.events
        WHERE type IN ('order.created', 'order.confirmed', 'order.cancelled', 'payment.created', 'payment.captured')
        GROUP BY stream, stream_id, type HAVING count(*) > 1
        """,
    ),
    Invariant(
        "I22",
        "every event waits in the outbox or was handed to each of its subscribers",
        f"""
        SELECT e.id AS event_id, e.type, s.subscriber
        FROM kit.events e JOIN kit.subscriptions s ON s.event_type = e.type AND {_MADE_AT} > s.since
        LEFT JOIN kit.deliveries d ON d.event_id = e.id AND d.subscriber = s.subscriber
        LEFT JOIN kit.outbox o ON o.event_id = e.id
        WHERE d.event_id IS NULL AND o.event_id IS NULL
        """,
    ),
    Invariant(
        "I23",
        "the outbox drains within half a minute and every delivery is done",
        """
        SELECT 'outbox' AS where_it_waits, event_id, created_at AS since, NULL AS error FROM kit.outbox
        WHERE created_at < now() - interval '30 seconds'
        UNION ALL
        SELECT subscriber || ' ' || state, event_id, created_at, last_error FROM kit.deliveries
        WHERE state = 'dead' OR state = 'pending' AND created_at < now() - interval '30 seconds'
        """,
        only_at_rest=True,
    ),
    Invariant(
        "I24",
        "every notice of the gateway was worked off",
        """
        SELECT id AS gateway_event, type, attempts, last_error FROM payments.webhook_events
        WHERE status = 'pending' AND received_at < now() - interval '60 seconds'
        """,
        only_at_rest=True,
    ),
)
