"""What followed the orders of the big shop: events, mails, parcels, returns, refunds, reviews, movements, the log."""

from bench.scratch import BENCH, in_bulk
from domains import fulfilment, inventory
from domains.inventory import PurchaseTerms
from domains.kit import Database
from domains.kit.crypto import keyring

_TRACE = "'00000000000000000000000000000000'"
_EVENTS = f"""
INSERT INTO kit.events (id, stream, stream_id, version, type, payload, actor_kind, trace_id, recorded_at)
SELECT gen_random_uuid(), 'order', o.id, told.version, told.type, '{{}}', 'customer', {_TRACE},
       o.created_at + told.version * interval '1 minute'
FROM orders.orders o CROSS JOIN (VALUES (1, 'order.created'), (2, 'order.confirmed')) AS told (version, type)
WHERE told.version = 1 OR o.confirmed_at IS NOT NULL
"""
_MAILS = f"""
INSERT INTO notifications.notifications (id, event_id, user_id, order_id, audience, template_name, recipient,
    recipient_hash, subject, payload, trace_id, status, failure_reason, sent_at, created_at)
SELECT gen_random_uuid(), e.id, o.user_id, o.id, 'customer', 'order_confirmation', :recipient, o.email_hash, :subject,
       '{{}}', {_TRACE}, CASE WHEN o.payment_id::text < '000' THEN 'failed' ELSE 'sent' END,
       CASE WHEN o.payment_id::text < '000' THEN 'mailbox full' END, e.recorded_at, e.recorded_at
FROM kit.events e JOIN orders.orders o ON o.id = e.stream_id WHERE e.type = 'order.created'
"""
_SHIPMENTS = """
INSERT INTO fulfilment.shipments (id, number, order_id, position, warehouse_id, status, method, country, created_at,
    updated_at, packed_at, shipped_at, delivered_at)
SELECT id, order_number || '-1', id, 1, CAST(:warehouse AS uuid),
       CASE status WHEN 'confirmed' THEN (ARRAY['waiting', 'allocated', 'allocated', 'picking', 'packed'])
            [1 + CAST(extract(epoch FROM created_at) AS bigint) % 5] ELSE status END,
       'Standard', coalesce(ship_country, 'US'), confirmed_at, confirmed_at, confirmed_at, shipped_at, delivered_at
FROM orders.orders WHERE status IN ('confirmed', 'shipped', 'delivered')
"""
_SHIPMENT_LINES = """
INSERT INTO fulfilment.shipment_lines (id, shipment_id, order_line_id, variant_id, name, sku, quantity, ready, picked,
    packed)
SELECT l.id, s.id, l.id, l.variant_id, l.product_name_snapshot, l.sku_snapshot, l.quantity,
       CASE WHEN s.status = 'waiting' THEN 0 ELSE 1 END,
       CASE WHEN s.status IN ('waiting', 'allocated') THEN 0 ELSE 1 END,
       CASE WHEN s.status IN ('waiting', 'allocated', 'picking') THEN 0 ELSE 1 END
FROM fulfilment.shipments s JOIN orders.order_lines l ON l.order_id = s.order_id
"""
_PARCELS = """
INSERT INTO fulfilment.parcels (id, shipment_id, position, carrier, tracking_number, delivered_at, created_at)
SELECT s.id, s.id, 1, 'post', o.tracking_number, s.delivered_at, s.shipped_at
FROM fulfilment.shipments s JOIN orders.orders o ON o.id = s.order_id WHERE s.shipped_at IS NOT NULL
"""
_RETURNS = """
INSERT INTO returns.returns (id, order_id, number, kind, status, note, request_key, requested_by, warehouse_id,
    created_at, updated_at, decided_at, received_at, ended_at)
SELECT o.id, o.id, o.order_number || '-R1', 'return', told.status, CAST(:note AS text), 'bench', 'customer',
       CASE WHEN told.status IN ('received', 'refunded') THEN CAST(:warehouse AS uuid) END, at, at,
       CASE WHEN told.status <> 'requested' THEN at END,
       CASE WHEN told.status IN ('received', 'refunded') THEN at END, CASE WHEN told.status = 'refunded' THEN at END
FROM orders.orders o JOIN payments.payments p ON p.id = o.payment_id
CROSS JOIN LATERAL (SELECT o.delivered_at + interval '2 days' AS at,
    CASE WHEN p.status = 'refunded' THEN 'refunded'
         ELSE (ARRAY['requested', 'approved', 'received', 'refunded', 'refunded', 'refunded'])
              [1 + CAST(extract(epoch FROM o.created_at) AS bigint) % 6] END AS status) AS told
WHERE o.status = 'delivered' AND p.refunded_cents > 0
"""
_RETURN_LINES = """
INSERT INTO returns.return_lines (return_id, order_line_id, quantity, reason, received, restocked)
SELECT r.id, l.id, 1, 'changed_mind', came, came
FROM returns.returns r JOIN orders.order_lines l ON l.order_id = r.order_id AND l.position = 1
CROSS JOIN LATERAL (SELECT CASE WHEN r.status IN ('received', 'refunded') THEN 1 ELSE 0 END AS came) AS told
"""
_PAID_BACK = """
INSERT INTO payments.refunds (id, payment_id, request_key, amount_cents, currency, status, gateway_refund_id,
    created_at, processed_at)
SELECT p.id, p.id, 'bench', p.refunded_cents, p.currency, 'processed', 're_' || p.gateway_transaction_id, at, at
FROM payments.payments p CROSS JOIN LATERAL (SELECT p.created_at + interval '6 days' AS at) AS told
WHERE p.refunded_cents > 0
"""
_REFUNDS = """
INSERT INTO returns.refunds (id, order_id, payment_id, return_id, payment_refund_id, status, amount_cents, goods_cents,
    currency, reason, requested_by, created_at)
SELECT r.id, p.order_id, p.id, b.id, r.id, 'given', r.amount_cents, r.amount_cents, r.currency, 'returned', 'staff',
       r.created_at
FROM payments.refunds r JOIN payments.payments p ON p.id = r.payment_id
LEFT JOIN returns.returns b ON b.order_id = p.order_id
"""
_REVIEWS = """
INSERT INTO reviews.reviews (id, product_id, order_id, stars, name, title, body, status, reason, created_at)
SELECT gen_random_uuid(), l.product_id, o.id, 1 + pick % 5, 'Ada B.', 'Good', 'It does what it should.',
       CASE WHEN pick % 1000 = 0 THEN 'pending' ELSE 'published' END, CASE WHEN pick % 1000 = 0 THEN 'link' END,
       o.delivered_at + interval '9 days'
FROM orders.orders o JOIN orders.order_lines l ON l.order_id = o.id AND l.position = 1
CROSS JOIN LATERAL (SELECT CAST(extract(epoch FROM o.created_at) AS bigint) AS pick) AS told
WHERE o.status = 'delivered' AND pick % 10 = 0
"""
_MESSAGES = """
INSERT INTO content.messages (id, name, email, email_hash, order_number, body, state, settled_at, created_at)
SELECT gen_random_uuid(), :name, :email, o.email_hash, o.order_number, :body,
       CASE WHEN open THEN 'open' ELSE 'closed' END, CASE WHEN NOT open THEN o.created_at END, o.created_at
FROM (SELECT *, row_number() OVER (ORDER BY created_at DESC) < 60 AS open FROM orders.orders
      WHERE CAST(extract(epoch FROM created_at) AS bigint) % 50 = 0) o
"""
_MOVEMENTS = f"""
INSERT INTO inventory.stock_movements (id, change_id, variant_id, warehouse_id, quantity, reason, reference, actor_kind,
    trace_id, recorded_at)
SELECT l.id, l.id, l.variant_id, CAST(:warehouse AS uuid), -l.quantity, 'sale', o.order_number, 'system', {_TRACE},
       o.confirmed_at
FROM orders.order_lines l JOIN orders.orders o ON o.id = l.order_id WHERE o.confirmed_at IS NOT NULL
"""
_LOG = f"""
INSERT INTO audit.entries (id, recorded_at, actor_kind, actor_name, trace_id, action, subject_kind, subject_id, label,
    changes, is_money)
SELECT o.id, o.created_at, 'staff', 'manager', {_TRACE}, told.action, 'order', CAST(o.id AS text), o.order_number,
       '{{"note": [null, "asked by phone"]}}', told.action = 'refund.given'
FROM orders.orders o CROSS JOIN LATERAL (SELECT CASE WHEN CAST(extract(epoch FROM o.created_at) AS bigint) % 20 = 0
    THEN 'refund.given' ELSE 'order.noted' END AS action) AS told
WHERE CAST(extract(epoch FROM o.created_at) AS bigint) % 4 = 0
"""
_VARIANTS = "SELECT id FROM catalog.variants ORDER BY sku LIMIT 4000"


async def fill_what_followed(db: Database, _products: int, _orders: int) -> None:
    """Every order told, mailed and sent; of some also a return, a refund, a review, a message, and what staff did."""
    ring = keyring()
    async with db.transaction(BENCH) as tx:
        warehouse = (await inventory.warehouses(tx))[0].id
        await fulfilment.add_carrier(tx, name="Post", code="post", tracking_page="https://post.example/{number}")
    told = {
        "warehouse": warehouse,
        "note": ring.encrypt("Lovely, but larger than I thought.", "returns.returns.note"),
        "recipient": ring.encrypt("buyer@example.com", "notifications.notifications.recipient"),
        "subject": ring.encrypt("Your order", "notifications.notifications.subject"),
        "name": ring.encrypt("Ada Buyer", "content.messages.name"),
        "email": ring.encrypt("buyer@example.com", "content.messages.email"),
        "body": ring.encrypt("When does it come?", "content.messages.body"),
    }
    for statement in (
        _EVENTS, _MAILS, _SHIPMENTS, _SHIPMENT_LINES, _PARCELS, _RETURNS, _RETURN_LINES, _PAID_BACK, _REFUNDS, _REVIEWS,
        _MESSAGES, _MOVEMENTS, _LOG,
    ):  # fmt: skip
        await in_bulk(db, statement, {name: value for name, value in told.items() if f":{name}" in statement})


async def fill_stock_desk(db: Database, products: int, _orders: int) -> None:
    """A second warehouse, 200 purchase orders and transfers of 20 lines, and five shelves being counted."""
    async with db.transaction(BENCH) as tx:
        main = (await inventory.warehouses(tx))[0].id
        second = await inventory.add_warehouse(tx, code="SECOND", name="Second", country="DE", priority=2)
        variants = [row.id for row in await tx.sql(_VARIANTS)]
        pieces = min(200, products // 20)
        for number in range(pieces):
            mine = dict.fromkeys(variants[number * 20 % len(variants) :][:20], 12)
            made = await inventory.draft_purchase(tx, PurchaseTerms(f"Supplier {number % 9}", main, ""), mine)
            if number % 4:
                await inventory.order_purchase(tx, made)
            await inventory.draft_transfer(tx, source_id=main, destination_id=second, lines=mine)
        for category in list(await tx.sql("SELECT id FROM catalog.categories ORDER BY id LIMIT 5")):
            await inventory.start_count(tx, warehouse_id=main, category_id=category.id)
