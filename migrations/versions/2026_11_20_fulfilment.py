"""Shipments, their parcels and what happened to them; stock that leaves the house; pick-up.

What an older release has sent becomes shipments too, and leaves the shelf that it still stood on.
"""

import sqlalchemy as sa
from alembic import op

revision = "fulfilment"
down_revision = "accounts_staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA fulfilment")
    _stock()
    op.add_column("methods", sa.Column("pick_up_at", sa.Uuid(), nullable=True), schema="shipping")
    op.create_foreign_key(
        "fk_methods_pick_up_at",
        "methods",
        "warehouses",
        ["pick_up_at"],
        ["id"],
        source_schema="shipping",
        referent_schema="inventory",
    )
    op.drop_constraint(op.f("ck_orders_tracking_number"), "orders", schema="orders")
    op.create_check_constraint(
        op.f("ck_orders_tracking_number"),
        "orders",
        "tracking_number IS NULL OR shipped_at IS NOT NULL",
        schema="orders",
    )
    _tables()
    for table in ("inventory.dispatches", "fulfilment.cancelled_lines", "fulfilment.tracking_events"):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change()"
        )
    op.execute(_GUARD)
    op.execute(
        "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON fulfilment.shipments"
        " FOR EACH ROW EXECUTE FUNCTION fulfilment.guard_shipment()"
    )
    op.execute("INSERT INTO fulfilment.carriers (code, name, sort_order) VALUES ('other', 'Other carrier', 100)")
    for statement in _PAST:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP SCHEMA fulfilment CASCADE")
    op.execute(
        "UPDATE orders.orders SET tracking_number = '-' WHERE shipped_at IS NOT NULL AND tracking_number IS NULL"
    )
    op.drop_constraint(op.f("ck_orders_tracking_number"), "orders", schema="orders")
    op.create_check_constraint(
        op.f("ck_orders_tracking_number"),
        "orders",
        "(shipped_at IS NOT NULL) = (tracking_number IS NOT NULL)",
        schema="orders",
    )
    op.drop_column("methods", "pick_up_at", schema="shipping")
    op.execute(
        "UPDATE inventory.stock_items s SET quantity_allocated = s.quantity_allocated + gone.quantity FROM ("
        " SELECT p.variant_id, p.warehouse_id, sum(p.shipped) AS quantity FROM inventory.reservation_parts p"
        " JOIN inventory.reservations r ON r.id = p.reservation_id AND r.status = 'consumed'"
        " GROUP BY p.variant_id, p.warehouse_id) gone"
        " WHERE s.variant_id = gone.variant_id AND s.warehouse_id = gone.warehouse_id"
    )
    op.drop_table("dispatches", schema="inventory")
    op.execute("DELETE FROM inventory.reservation_parts WHERE quantity + backordered = 0")
    op.drop_constraint(op.f("ck_reservation_parts_something"), "reservation_parts", schema="inventory")
    op.drop_column("reservation_parts", "cancelled", schema="inventory")
    op.drop_column("reservation_parts", "shipped", schema="inventory")
    op.create_check_constraint(
        op.f("ck_reservation_parts_something"), "reservation_parts", "quantity + backordered > 0", schema="inventory"
    )
    op.drop_index("uq_stock_movements_order", "stock_movements", schema="inventory")
    op.create_index(
        "uq_stock_movements_order",
        "stock_movements",
        ["reference", "reason", "variant_id", "warehouse_id"],
        unique=True,
        schema="inventory",
        postgresql_where=sa.text("reason IN ('sale', 'cancellation')"),
    )


def _stock() -> None:
    """What of a hold has left the house or will never come, and with which shipment it left."""
    op.add_column(
        "reservation_parts", sa.Column("shipped", sa.Integer(), server_default="0", nullable=False), schema="inventory"
    )
    op.add_column(
        "reservation_parts",
        sa.Column("cancelled", sa.Integer(), server_default="0", nullable=False),
        schema="inventory",
    )
    op.drop_constraint(op.f("ck_reservation_parts_something"), "reservation_parts", schema="inventory")
    for name, condition in (
        ("shipped", "shipped BETWEEN 0 AND quantity"),
        ("cancelled", "cancelled >= 0"),
        ("something", "quantity + backordered + cancelled > 0"),
    ):
        op.create_check_constraint(
            op.f(f"ck_reservation_parts_{name}"), "reservation_parts", condition, schema="inventory"
        )
    op.drop_index("uq_stock_movements_order", "stock_movements", schema="inventory")
    op.create_index(
        "uq_stock_movements_order",
        "stock_movements",
        ["reference", "reason", "variant_id", "warehouse_id", "change_id"],
        unique=True,
        schema="inventory",
        postgresql_where=sa.text("reason IN ('sale', 'cancellation')"),
    )
    op.create_table(
        "dispatches",
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_dispatches_quantity")),
        sa.ForeignKeyConstraint(
            ["variant_id", "warehouse_id"],
            ["inventory.stock_items.variant_id", "inventory.stock_items.warehouse_id"],
            name=op.f("fk_dispatches_variant_id_warehouse_id"),
        ),
        sa.PrimaryKeyConstraint("shipment_id", "variant_id", name=op.f("pk_dispatches")),
        schema="inventory",
    )
    op.create_index("ix_dispatches_order_id", "dispatches", ["order_id"], schema="inventory")
    op.create_index(
        "ix_dispatches_variant_id_warehouse_id", "dispatches", ["variant_id", "warehouse_id"], schema="inventory"
    )


def _tables() -> None:
    op.create_table(
        "carriers",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("adapter", sa.String(length=20), server_default="manual", nullable=False),
        sa.Column("tracking_page", sa.String(length=300), server_default="", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("fails", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("sort_order", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("NOT fails OR adapter = 'simulated'", name=op.f("ck_carriers_fails")),
        sa.CheckConstraint("adapter IN ('manual', 'simulated')", name=op.f("ck_carriers_adapter")),
        sa.CheckConstraint("code ~ '^[a-z][a-z0-9-]*$'", name=op.f("ck_carriers_code")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_carriers_name")),
        sa.CheckConstraint(
            "tracking_page = '' OR tracking_page ~ '^https?://'", name=op.f("ck_carriers_tracking_page")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_carriers")),
        schema="fulfilment",
    )
    op.create_table(
        "shipments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=20), server_default="waiting", nullable=False),
        sa.Column("is_pick_up", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("method", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("hold_reason", sa.String(length=20), nullable=True),
        sa.Column("held_from", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=500), server_default="", nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("picked_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("packed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("shipped_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(hold_reason IS NOT NULL) = (status = 'on_hold') AND (hold_reason IS NULL OR hold_reason IN"
            " ('missing', 'damaged', 'address', 'carrier', 'elsewhere', 'customer', 'other'))",
            name=op.f("ck_shipments_hold_reason"),
        ),
        sa.CheckConstraint(
            "(status = 'delivered') = (delivered_at IS NOT NULL)", name=op.f("ck_shipments_delivered_at")
        ),
        sa.CheckConstraint("(status = 'on_hold') = (held_from IS NOT NULL)", name=op.f("ck_shipments_held_from")),
        sa.CheckConstraint(
            "(status IN ('shipped', 'delivered')) = (shipped_at IS NOT NULL)", name=op.f("ck_shipments_shipped_at")
        ),
        sa.CheckConstraint(
            "held_from IS NULL OR held_from IN ('waiting', 'allocated', 'picking', 'packed')",
            name=op.f("ck_shipments_held_from_open"),
        ),
        sa.CheckConstraint("status <> 'packed' OR packed_at IS NOT NULL", name=op.f("ck_shipments_packed_at")),
        sa.CheckConstraint(
            "status IN ('waiting', 'allocated', 'picking', 'packed', 'shipped', 'delivered', 'on_hold', 'called_off')",
            name=op.f("ck_shipments_status"),
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_shipments_position")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_shipments_order_id")),
        sa.ForeignKeyConstraint(["warehouse_id"], ["inventory.warehouses.id"], name=op.f("fk_shipments_warehouse_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipments")),
        sa.UniqueConstraint("number", name=op.f("uq_shipments_number")),
        sa.UniqueConstraint("order_id", "position", name=op.f("uq_shipments_order_id_position")),
        schema="fulfilment",
    )
    op.create_index(
        "ix_shipments_queue",
        "shipments",
        ["warehouse_id", "status", "created_at", "id"],
        unique=False,
        schema="fulfilment",
        postgresql_where=sa.text("status IN ('waiting', 'allocated', 'picking', 'packed', 'on_hold')"),
    )
    op.create_index(
        "ix_shipments_open",
        "shipments",
        ["created_at", "id"],
        unique=False,
        schema="fulfilment",
        postgresql_where=sa.text("status IN ('waiting', 'allocated', 'picking', 'packed', 'on_hold')"),
    )
    op.create_index(
        "ix_shipments_sent",
        "shipments",
        ["created_at", "id"],
        unique=False,
        schema="fulfilment",
        postgresql_where=sa.text("status = 'shipped'"),
    )
    op.create_index("ix_shipments_created_at", "shipments", ["created_at", "id"], unique=False, schema="fulfilment")
    op.create_table(
        "cancelled_lines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_cancelled_lines_quantity")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_cancelled_lines_order_id")),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["orders.order_lines.id"], name=op.f("fk_cancelled_lines_order_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"], ["fulfilment.shipments.id"], name=op.f("fk_cancelled_lines_shipment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cancelled_lines")),
        schema="fulfilment",
    )
    op.create_index("ix_cancelled_lines_order_id", "cancelled_lines", ["order_id"], unique=False, schema="fulfilment")
    op.create_table(
        "parcels",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("carrier", sa.String(length=40), nullable=False),
        sa.Column("tracking_number", sa.String(length=100), nullable=True),
        sa.Column("weight_grams", sa.Integer(), server_default="0", nullable=False),
        sa.Column("label_state", sa.String(length=10), server_default="none", nullable=False),
        sa.Column("label_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("label_error", sa.String(length=200), server_default="", nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("followed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("(label_state = 'made') = (label IS NOT NULL)", name=op.f("ck_parcels_label")),
        sa.CheckConstraint("label_state IN ('none', 'wanted', 'made', 'failed')", name=op.f("ck_parcels_label_state")),
        sa.CheckConstraint("tracking_number <> ''", name=op.f("ck_parcels_tracking_number")),
        sa.CheckConstraint("label_tries >= 0", name=op.f("ck_parcels_label_tries")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_parcels_position")),
        sa.CheckConstraint("weight_grams >= 0", name=op.f("ck_parcels_weight_grams")),
        sa.ForeignKeyConstraint(["carrier"], ["fulfilment.carriers.code"], name=op.f("fk_parcels_carrier")),
        sa.ForeignKeyConstraint(["shipment_id"], ["fulfilment.shipments.id"], name=op.f("fk_parcels_shipment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcels")),
        sa.UniqueConstraint("shipment_id", "position", name=op.f("uq_parcels_shipment_id_position")),
        schema="fulfilment",
    )
    op.create_index(
        "ix_parcels_followed",
        "parcels",
        ["followed_at"],
        unique=False,
        schema="fulfilment",
        postgresql_where=sa.text("delivered_at IS NULL AND tracking_number IS NOT NULL"),
    )
    op.create_index(
        "ix_parcels_labels_due",
        "parcels",
        ["next_try_at"],
        unique=False,
        schema="fulfilment",
        postgresql_where=sa.text("label_state = 'wanted'"),
    )
    op.create_index("ix_parcels_tracking_number", "parcels", ["tracking_number"], unique=False, schema="fulfilment")
    op.create_index(
        "uq_parcels_tracking_number",
        "parcels",
        ["carrier", "tracking_number"],
        unique=True,
        schema="fulfilment",
        postgresql_where=sa.text("tracking_number IS NOT NULL AND delivered_at IS NULL"),
    )
    op.create_table(
        "shipment_lines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("options", sa.String(length=255), server_default="", nullable=False),
        sa.Column("sku", sa.String(length=50), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Integer(), server_default="0", nullable=False),
        sa.Column("picked", sa.Integer(), server_default="0", nullable=False),
        sa.Column("packed", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("packed BETWEEN 0 AND picked", name=op.f("ck_shipment_lines_packed")),
        sa.CheckConstraint("picked BETWEEN 0 AND ready", name=op.f("ck_shipment_lines_picked")),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_shipment_lines_quantity")),
        sa.CheckConstraint("ready BETWEEN 0 AND quantity", name=op.f("ck_shipment_lines_ready")),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["orders.order_lines.id"], name=op.f("fk_shipment_lines_order_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"], ["fulfilment.shipments.id"], name=op.f("fk_shipment_lines_shipment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_lines")),
        sa.UniqueConstraint("shipment_id", "order_line_id", name=op.f("uq_shipment_lines_shipment_id_order_line_id")),
        schema="fulfilment",
    )
    op.create_index(
        "ix_shipment_lines_order_line_id", "shipment_lines", ["order_line_id"], unique=False, schema="fulfilment"
    )
    op.create_index("ix_shipment_lines_sku", "shipment_lines", ["sku"], unique=False, schema="fulfilment")
    op.create_index("ix_shipment_lines_variant_id", "shipment_lines", ["variant_id"], unique=False, schema="fulfilment")
    op.create_table(
        "tracking_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parcel_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=100), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("occurred_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('announced', 'accepted', 'in_transit', 'out_for_delivery', 'delayed', 'attempted', 'delivered',"
            " 'returned')",
            name=op.f("ck_tracking_events_kind"),
        ),
        sa.ForeignKeyConstraint(["parcel_id"], ["fulfilment.parcels.id"], name=op.f("fk_tracking_events_parcel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking_events")),
        sa.UniqueConstraint("parcel_id", "reference", name=op.f("uq_tracking_events_parcel_id_reference")),
        schema="fulfilment",
    )


_GUARD = """
CREATE FUNCTION fulfilment.guard_shipment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status NOT IN ('waiting', 'allocated', 'picking', 'packed') THEN
            RAISE EXCEPTION 'a shipment does not begin %', NEW.status
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_shipments_transition';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('waiting', 'allocated'), ('waiting', 'on_hold'), ('waiting', 'called_off'),
        ('allocated', 'waiting'), ('allocated', 'picking'), ('allocated', 'on_hold'), ('allocated', 'called_off'),
        ('picking', 'waiting'), ('picking', 'allocated'), ('picking', 'packed'), ('picking', 'on_hold'),
        ('picking', 'called_off'),
        ('packed', 'shipped'), ('packed', 'on_hold'), ('packed', 'called_off'),
        ('shipped', 'delivered'),
        ('on_hold', 'waiting'), ('on_hold', 'allocated'), ('on_hold', 'picking'), ('on_hold', 'packed'),
        ('on_hold', 'called_off')
    ) THEN
        RAISE EXCEPTION 'a shipment cannot go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_shipments_transition';
    END IF;
    IF (NEW.order_id, NEW.number, NEW.position) IS DISTINCT FROM (OLD.order_id, OLD.number, OLD.position) THEN
        RAISE EXCEPTION 'whose shipment it is does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_shipments_fixed';
    END IF;
    RETURN NEW;
END $$
"""

# Ids of events begin with the moment they were made, which the doctor reads.
_EVENT_ID = (
    "(lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7' ||"
    " substr(md5(gen_random_uuid()::text), 1, 3) || '8' || substr(md5(gen_random_uuid()::text), 1, 15))::uuid"
)

# Orders that were sent before there were shipments: one per warehouse, told as if they had been there.
_PAST = (
    "ALTER TABLE fulfilment.shipments DISABLE TRIGGER guard",
    """
    INSERT INTO fulfilment.shipments (id, number, order_id, position, warehouse_id, status, method, country,
                                      created_at, updated_at, picked_at, packed_at, shipped_at, delivered_at)
    SELECT gen_random_uuid(), o.order_number || '-' || sent.position, o.id, sent.position, sent.warehouse_id, o.status,
           o.shipping_method, 'ZZ', o.confirmed_at, o.updated_at, o.shipped_at, o.shipped_at, o.shipped_at,
           o.delivered_at
    FROM orders.orders o JOIN LATERAL (
        SELECT p.warehouse_id, row_number() OVER (ORDER BY p.warehouse_id) AS position
        FROM inventory.reservations r JOIN inventory.reservation_parts p ON p.reservation_id = r.id
        WHERE r.order_id = o.id AND r.status = 'consumed' AND p.quantity > 0 GROUP BY p.warehouse_id) sent ON true
    WHERE o.status IN ('shipped', 'delivered')
    """,
    "ALTER TABLE fulfilment.shipments ENABLE TRIGGER guard",
    """
    INSERT INTO fulfilment.shipment_lines (id, shipment_id, order_line_id, variant_id, name, options, sku, quantity,
                                           ready, picked, packed)
    SELECT gen_random_uuid(), s.id, l.id, l.variant_id, l.product_name_snapshot, l.options_snapshot, l.sku_snapshot,
           p.quantity, p.quantity, p.quantity, p.quantity
    FROM fulfilment.shipments s
    JOIN inventory.reservations r ON r.order_id = s.order_id AND r.status = 'consumed'
    JOIN inventory.reservation_parts p ON p.reservation_id = r.id AND p.warehouse_id = s.warehouse_id AND p.quantity > 0
    JOIN orders.order_lines l ON l.order_id = s.order_id AND l.variant_id = p.variant_id
    """,
    """
    INSERT INTO fulfilment.parcels (id, shipment_id, position, carrier, tracking_number, created_at, delivered_at)
    SELECT gen_random_uuid(), s.id, 1, 'other',
           CASE WHEN s.position = 1 AND row_number() OVER (PARTITION BY o.tracking_number ORDER BY o.id, s.position) = 1
                THEN nullif(o.tracking_number, '') END,
           s.shipped_at, s.delivered_at
    FROM fulfilment.shipments s JOIN orders.orders o ON o.id = s.order_id
    """,
    """
    INSERT INTO inventory.dispatches (shipment_id, variant_id, warehouse_id, order_id, quantity, recorded_at)
    SELECT s.id, l.variant_id, s.warehouse_id, s.order_id, l.quantity, s.shipped_at
    FROM fulfilment.shipments s JOIN fulfilment.shipment_lines l ON l.shipment_id = s.id
    """,
    """
    UPDATE inventory.reservation_parts p SET shipped = d.quantity
    FROM inventory.dispatches d JOIN inventory.reservations r ON r.order_id = d.order_id AND r.status = 'consumed'
    WHERE p.reservation_id = r.id AND p.variant_id = d.variant_id AND p.warehouse_id = d.warehouse_id
    """,
    """
    UPDATE inventory.stock_items s SET quantity_allocated = s.quantity_allocated - gone.quantity FROM (
        SELECT variant_id, warehouse_id, sum(quantity) AS quantity FROM inventory.dispatches
        GROUP BY variant_id, warehouse_id) gone
    WHERE s.variant_id = gone.variant_id AND s.warehouse_id = gone.warehouse_id
    """,
    """
    INSERT INTO kit.streams (stream, stream_id, version)
    SELECT 'shipment', id, CASE status WHEN 'delivered' THEN 3 ELSE 2 END FROM fulfilment.shipments
    """,
    f"""
    INSERT INTO kit.events (id, stream, stream_id, version, type, payload, actor_kind, actor_name, trace_id,
                            recorded_at)
    SELECT {_EVENT_ID}, 'shipment', s.id, told.version, told.type, told.payload, 'system', 'migration', '', told.at
    FROM fulfilment.shipments s JOIN orders.orders o ON o.id = s.order_id JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('order_line_id', l.order_line_id, 'variant_id', l.variant_id,
                                            'quantity', l.quantity) ORDER BY l.order_line_id) AS lines
        FROM fulfilment.shipment_lines l WHERE l.shipment_id = s.id) held ON true
    JOIN LATERAL (VALUES
        (1, 'shipment.created', s.created_at, jsonb_build_object('shipment_id', s.id, 'order_id', s.order_id,
            'number', s.number, 'warehouse_id', s.warehouse_id, 'status', 'packed', 'is_pick_up', false,
            'lines', held.lines)),
        (2, 'shipment.shipped', s.shipped_at, jsonb_build_object('shipment_id', s.id, 'order_id', s.order_id,
            'user_id', o.user_id, 'warehouse_id', s.warehouse_id, 'is_pick_up', false, 'is_last', true,
            'parcels', '[]'::jsonb, 'lines', held.lines)),
        (3, 'shipment.delivered', s.delivered_at, jsonb_build_object('shipment_id', s.id, 'order_id', s.order_id,
            'user_id', o.user_id, 'is_pick_up', false, 'is_last', true))
    ) AS told (version, type, at, payload) ON told.at IS NOT NULL
    """,
)
