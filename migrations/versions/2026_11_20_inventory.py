"""Tables of the stock: the four quantities, movements, holds."""

import sqlalchemy as sa
from alembic import op

revision = "inventory"
down_revision = "catalog"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA inventory")
    op.create_table(
        "warehouses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("code ~ '^[A-Z0-9][A-Z0-9-]*$'", name=op.f("ck_warehouses_code")),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_warehouses_country")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_warehouses_name")),
        sa.PrimaryKeyConstraint("id", name="pk_warehouses"),
        sa.UniqueConstraint("code", name="uq_warehouses_code"),
        schema="inventory",
    )
    op.create_table(
        "stock_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("quantity_on_hand", sa.Integer(), server_default="0", nullable=False),
        sa.Column("quantity_reserved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("quantity_allocated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("quantity_backordered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reorder_threshold", sa.Integer(), server_default="10", nullable=False),
        sa.Column("warehouse_location", sa.String(50), nullable=True),
        sa.Column("last_restocked_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("quantity_allocated >= 0", name=op.f("ck_stock_items_allocated")),
        sa.CheckConstraint("quantity_backordered >= 0", name=op.f("ck_stock_items_backordered")),
        sa.CheckConstraint("quantity_on_hand >= 0", name=op.f("ck_stock_items_on_hand")),
        sa.CheckConstraint("quantity_reserved BETWEEN 0 AND quantity_on_hand", name=op.f("ck_stock_items_reserved")),
        sa.CheckConstraint("reorder_threshold >= 0", name=op.f("ck_stock_items_reorder_threshold")),
        sa.ForeignKeyConstraint(["variant_id"], ["catalog.variants.id"], name="fk_stock_items_variant_id"),
        sa.ForeignKeyConstraint(["warehouse_id"], ["inventory.warehouses.id"], name="fk_stock_items_warehouse_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_items"),
        sa.UniqueConstraint("variant_id", "warehouse_id", name="uq_stock_items_variant_id_warehouse_id"),
        schema="inventory",
        postgresql_with={"fillfactor": 70},
    )
    op.create_index("ix_stock_items_warehouse_id", "stock_items", ["warehouse_id"], schema="inventory")
    op.create_table(
        "stock_policies",
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("backorder_allowed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("restock_date", sa.Date(), nullable=True),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.ForeignKeyConstraint(["variant_id"], ["catalog.variants.id"], name="fk_stock_policies_variant_id"),
        sa.PrimaryKeyConstraint("variant_id", name="pk_stock_policies"),
        schema="inventory",
    )
    op.create_table(
        "stock_movements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("change_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("reference", sa.String(100), server_default="", nullable=False),
        sa.Column("note", sa.String(200), server_default="", nullable=False),
        sa.Column("actor_kind", sa.String(20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("trace_id", sa.String(32), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("reason <> 'sale' OR quantity < 0", name=op.f("ck_stock_movements_sale_takes")),
        sa.CheckConstraint(
            "reason IN ('initial', 'received', 'sale', 'cancellation', 'return', 'count', 'correction', 'damaged',"
            " 'theft', 'promotion')",
            name=op.f("ck_stock_movements_reason"),
        ),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_stock_movements_quantity")),
        sa.ForeignKeyConstraint(
            ["variant_id", "warehouse_id"],
            ["inventory.stock_items.variant_id", "inventory.stock_items.warehouse_id"],
            name="fk_stock_movements_variant_id_warehouse_id",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stock_movements"),
        schema="inventory",
    )
    op.create_index("ix_stock_movements_reference", "stock_movements", ["reference"], schema="inventory")
    op.create_index(
        "ix_stock_movements_variant_id_warehouse_id",
        "stock_movements",
        ["variant_id", "warehouse_id"],
        schema="inventory",
    )
    op.create_index(
        "uq_stock_movements_order",
        "stock_movements",
        ["reference", "reason", "variant_id", "warehouse_id"],
        unique=True,
        schema="inventory",
        postgresql_where=sa.text("reason IN ('sale', 'cancellation')"),
    )
    op.create_table(
        "reservations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holder", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(10), server_default="held", nullable=False),
        sa.Column("visitor", sa.String(80), server_default="", nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("held_since", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("extended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("status <> 'held' OR order_id IS NULL", name=op.f("ck_reservations_held")),
        sa.CheckConstraint(
            "status IN ('held', 'bound', 'consumed', 'released', 'expired')", name=op.f("ck_reservations_status")
        ),
        sa.CheckConstraint(
            "status NOT IN ('bound', 'consumed') OR order_id IS NOT NULL", name=op.f("ck_reservations_order")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reservations"),
        schema="inventory",
    )
    op.create_index(
        "ix_reservations_due",
        "reservations",
        ["expires_at"],
        schema="inventory",
        postgresql_where=sa.text("status IN ('held', 'bound')"),
    )
    op.create_index("ix_reservations_order_id", "reservations", ["order_id"], schema="inventory")
    op.create_index(
        "ix_reservations_visitor",
        "reservations",
        ["visitor"],
        schema="inventory",
        postgresql_where=sa.text("status = 'held'"),
    )
    op.create_index(
        "uq_reservations_live_holder",
        "reservations",
        ["holder"],
        unique=True,
        schema="inventory",
        postgresql_where=sa.text("status IN ('held', 'bound')"),
    )
    op.create_index(
        "uq_reservations_order",
        "reservations",
        ["order_id"],
        unique=True,
        schema="inventory",
        postgresql_where=sa.text("status IN ('bound', 'consumed')"),
    )
    op.create_table(
        "reservation_parts",
        sa.Column("reservation_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("backordered", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("backordered >= 0", name=op.f("ck_reservation_parts_backordered")),
        sa.CheckConstraint("quantity + backordered > 0", name=op.f("ck_reservation_parts_something")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_reservation_parts_quantity")),
        sa.ForeignKeyConstraint(
            ["reservation_id"], ["inventory.reservations.id"], name="fk_reservation_parts_reservation_id"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id", "warehouse_id"],
            ["inventory.stock_items.variant_id", "inventory.stock_items.warehouse_id"],
            name="fk_reservation_parts_variant_id_warehouse_id",
        ),
        sa.PrimaryKeyConstraint("reservation_id", "variant_id", "warehouse_id", name="pk_reservation_parts"),
        schema="inventory",
    )
    op.create_index(
        "ix_reservation_parts_variant_id_warehouse_id",
        "reservation_parts",
        ["variant_id", "warehouse_id"],
        schema="inventory",
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inventory.stock_movements"
        " FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change()"
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA inventory CASCADE")
