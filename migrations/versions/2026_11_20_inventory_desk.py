"""Transfers, purchase orders, counts; what is owed goes to the oldest order; who hears that something runs low."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "inventory_desk"
down_revision = "returns"
branch_labels = None
depends_on = None

_REASONS = (
    "reason IN ('initial', 'received', 'sale', 'cancellation', 'return', 'count', 'correction', 'damaged',"
    " 'theft', 'promotion', 'import'{more})"
)


def upgrade() -> None:
    _movements(more=", 'transfer', 'backorder'", takes="reason NOT IN ('sale', 'backorder') OR quantity < 0")
    op.create_index("ix_stock_movements_newest", "stock_movements", ["recorded_at", "id"], schema="inventory")
    op.add_column("reservations", sa.Column("bound_at", sa.TIMESTAMP(timezone=True)), schema="inventory")
    op.execute(
        "UPDATE inventory.reservations SET bound_at = coalesce(ended_at, created_at)"
        " WHERE status IN ('bound', 'consumed')"
    )
    op.create_index(
        "ix_reservation_parts_owed",
        "reservation_parts",
        ["variant_id"],
        schema="inventory",
        postgresql_where=sa.text("backordered > 0"),
    )
    op.add_column(
        "shop",
        sa.Column("stock_alert_emails", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        schema="store",
    )
    _tables()


def downgrade() -> None:
    for table in ("count_lines", "stock_counts", "purchase_lines", "purchase_orders", "transfer_lines", "transfers"):
        op.drop_table(table, schema="inventory")
    op.drop_column("shop", "stock_alert_emails", schema="store")
    op.drop_index("ix_reservation_parts_owed", "reservation_parts", schema="inventory")
    op.drop_column("reservations", "bound_at", schema="inventory")
    op.drop_index("ix_stock_movements_newest", "stock_movements", schema="inventory")
    _movements(more="", takes="reason <> 'sale' OR quantity < 0")


def _movements(*, more: str, takes: str) -> None:
    for name, rule in (("reason", _REASONS.format(more=more)), ("sale_takes", takes)):
        full = op.f(f"ck_stock_movements_{name}")
        op.drop_constraint(full, "stock_movements", schema="inventory")
        op.create_check_constraint(full, "stock_movements", rule, schema="inventory")


def _tables() -> None:
    op.create_table(
        "transfers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), sa.Identity(always=True, start=1001), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("destination_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=10), server_default="draft", nullable=False),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("(status = 'received') = (received_at IS NOT NULL)", name=op.f("ck_transfers_received_at")),
        sa.CheckConstraint(
            "(status IN ('sent', 'received')) = (sent_at IS NOT NULL)", name=op.f("ck_transfers_sent_at")
        ),
        sa.CheckConstraint("status IN ('draft', 'sent', 'received', 'cancelled')", name=op.f("ck_transfers_status")),
        sa.CheckConstraint("source_id <> destination_id", name=op.f("ck_transfers_two_places")),
        sa.ForeignKeyConstraint(["destination_id"], ["inventory.warehouses.id"], name="fk_transfers_destination_id"),
        sa.ForeignKeyConstraint(["source_id"], ["inventory.warehouses.id"], name="fk_transfers_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_transfers"),
        sa.UniqueConstraint("number", name="uq_transfers_number"),
        schema="inventory",
    )
    op.create_index(
        "ix_transfers_destination_id",
        "transfers",
        ["destination_id"],
        unique=False,
        schema="inventory",
        postgresql_where=sa.text("status = 'sent'"),
    )
    op.create_table(
        "transfer_lines",
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), server_default="0", nullable=False),
        sa.Column("returned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lost", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_transfer_lines_quantity")),
        sa.CheckConstraint("received + returned + lost <= quantity", name=op.f("ck_transfer_lines_nothing_created")),
        sa.CheckConstraint("received >= 0 AND returned >= 0 AND lost >= 0", name=op.f("ck_transfer_lines_ends")),
        sa.ForeignKeyConstraint(["transfer_id"], ["inventory.transfers.id"], name="fk_transfer_lines_transfer_id"),
        sa.ForeignKeyConstraint(["variant_id"], ["catalog.variants.id"], name="fk_transfer_lines_variant_id"),
        sa.PrimaryKeyConstraint("transfer_id", "variant_id", name="pk_transfer_lines"),
        schema="inventory",
    )
    op.create_index(
        "ix_transfer_lines_under_way",
        "transfer_lines",
        ["variant_id"],
        unique=False,
        schema="inventory",
        postgresql_where=sa.text("received + returned + lost < quantity"),
    )
    op.create_table(
        "purchase_orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), sa.Identity(always=True, start=1001), nullable=False),
        sa.Column("supplier", sa.String(length=100), nullable=False),
        sa.Column("supplier_reference", sa.String(length=100), server_default="", nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=10), server_default="draft", nullable=False),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("ordered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint(
            "(status IN ('closed', 'cancelled')) = (closed_at IS NOT NULL)", name=op.f("ck_purchase_orders_closed_at")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'ordered', 'closed', 'cancelled')", name=op.f("ck_purchase_orders_status")
        ),
        sa.CheckConstraint(
            "status NOT IN ('ordered', 'closed') OR ordered_at IS NOT NULL", name=op.f("ck_purchase_orders_ordered_at")
        ),
        sa.CheckConstraint("supplier <> ''", name=op.f("ck_purchase_orders_supplier")),
        sa.ForeignKeyConstraint(["warehouse_id"], ["inventory.warehouses.id"], name="fk_purchase_orders_warehouse_id"),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_orders"),
        sa.UniqueConstraint("number", name="uq_purchase_orders_number"),
        schema="inventory",
    )
    op.create_index(
        "ix_purchase_orders_open",
        "purchase_orders",
        ["expected_on"],
        unique=False,
        schema="inventory",
        postgresql_where=sa.text("status = 'ordered'"),
    )
    op.create_table(
        "purchase_lines",
        sa.Column("purchase_order_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_purchase_lines_quantity")),
        sa.CheckConstraint("received BETWEEN 0 AND quantity", name=op.f("ck_purchase_lines_received")),
        sa.ForeignKeyConstraint(
            ["purchase_order_id"], ["inventory.purchase_orders.id"], name="fk_purchase_lines_purchase_order_id"
        ),
        sa.ForeignKeyConstraint(["variant_id"], ["catalog.variants.id"], name="fk_purchase_lines_variant_id"),
        sa.PrimaryKeyConstraint("purchase_order_id", "variant_id", name="pk_purchase_lines"),
        schema="inventory",
    )
    op.create_index(
        "ix_purchase_lines_expected",
        "purchase_lines",
        ["variant_id"],
        unique=False,
        schema="inventory",
        postgresql_where=sa.text("received < quantity"),
    )
    op.create_table(
        "stock_counts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), sa.Identity(always=True, start=1001), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=50), server_default="", nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("is_blind", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("status", sa.String(length=10), server_default="counting", nullable=False),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("lines_counted", sa.Integer(), nullable=True),
        sa.Column("lines_right", sa.Integer(), nullable=True),
        sa.Column("units_expected", sa.Integer(), nullable=True),
        sa.Column("units_off", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint(
            "(status = 'approved') = (approved_at IS NOT NULL)", name=op.f("ck_stock_counts_approved_at")
        ),
        sa.CheckConstraint(
            "(status = 'approved') = (units_expected IS NOT NULL)", name=op.f("ck_stock_counts_figures")
        ),
        sa.CheckConstraint(
            "status IN ('counting', 'checking', 'approved', 'cancelled')", name=op.f("ck_stock_counts_status")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["catalog.categories.id"], name="fk_stock_counts_category_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["warehouse_id"], ["inventory.warehouses.id"], name="fk_stock_counts_warehouse_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_counts"),
        sa.UniqueConstraint("number", name="uq_stock_counts_number"),
        schema="inventory",
    )
    op.create_index("ix_stock_counts_approved_at", "stock_counts", ["approved_at"], unique=False, schema="inventory")
    op.create_table(
        "count_lines",
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("counted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("counted_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=200), server_default="", nullable=False),
        sa.CheckConstraint("(counted IS NULL) = (counted_at IS NULL)", name=op.f("ck_count_lines_counted_at")),
        sa.CheckConstraint("(counted IS NULL) = (expected IS NULL)", name=op.f("ck_count_lines_both")),
        sa.CheckConstraint("counted >= 0 AND expected >= 0", name=op.f("ck_count_lines_counted")),
        sa.ForeignKeyConstraint(["count_id"], ["inventory.stock_counts.id"], name="fk_count_lines_count_id"),
        sa.ForeignKeyConstraint(["variant_id"], ["catalog.variants.id"], name="fk_count_lines_variant_id"),
        sa.PrimaryKeyConstraint("count_id", "variant_id", name="pk_count_lines"),
        schema="inventory",
    )
