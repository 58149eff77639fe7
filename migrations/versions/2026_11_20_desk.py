"""Saved views of lists; by what staff find orders."""

import sqlalchemy as sa
from alembic import op

revision = "desk"
down_revision = "catalog_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA desk")
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("list_key", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_saved_views_name")),
        sa.CheckConstraint("length(query) <= 4000", name=op.f("ck_saved_views_query")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.accounts.id"], name=op.f("fk_saved_views_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        schema="desk",
    )
    op.create_index("ix_saved_views_list_key", "saved_views", ["list_key", "account_id"], schema="desk")
    op.create_index(op.f("ix_saved_views_account_id"), "saved_views", ["account_id"], schema="desk")
    op.add_column("orders", sa.Column("ship_country", sa.String(length=2), nullable=True), schema="orders")
    op.add_column("orders", sa.Column("name_words", sa.ARRAY(sa.BigInteger()), nullable=True), schema="orders")
    for name, columns in _ORDERS.items():
        op.create_index(name, "orders", columns, schema="orders")
    op.create_index(
        "ix_orders_name_words",
        "orders",
        ["name_words"],
        schema="orders",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_orders_unindexed", "orders", ["id"], schema="orders", postgresql_where=sa.text("name_words IS NULL")
    )
    op.create_index(
        "ix_orders_confirmed_at",
        "orders",
        ["confirmed_at"],
        schema="orders",
        postgresql_include=["total_cents", "currency", "status"],
    )
    for schema, table, name, columns, which in _WAITING:
        op.create_index(name, table, columns, schema=schema, postgresql_where=sa.text(which))
    op.create_index("ix_order_lines_sku", "order_lines", [sa.text("upper(sku_snapshot)")], schema="orders")
    op.create_index("ix_payments_status", "payments", ["status"], schema="payments")


def downgrade() -> None:
    op.drop_index("ix_payments_status", "payments", schema="payments")
    op.drop_index("ix_order_lines_sku", "order_lines", schema="orders")
    for schema, table, name, _columns, _which in _WAITING:
        op.drop_index(name, table, schema=schema)
    for name in ("ix_orders_confirmed_at", "ix_orders_unindexed", "ix_orders_name_words", *_ORDERS):
        op.drop_index(name, "orders", schema="orders")
    op.drop_column("orders", "name_words", schema="orders")
    op.drop_column("orders", "ship_country", schema="orders")
    op.execute("DROP SCHEMA desk CASCADE")


# What waits for somebody is a few of many rows.
_WAITING = (
    ("kit", "deliveries", "ix_deliveries_dead", ["created_at"], "state = 'dead'"),
    ("notifications", "notifications", "ix_notifications_failed", ["created_at"], "status IN ('failed', 'bounced')"),
    ("reviews", "reviews", "ix_reviews_pending", ["created_at", "id"], "status = 'pending'"),
)
_ORDERS = {
    "ix_orders_created_at_id": ["created_at", "id"],
    "ix_orders_total_cents_id": ["total_cents", "id"],
    "ix_orders_number_end": [sa.text('"right"(order_number, 4)')],
    "ix_orders_ship_country_created_at": ["ship_country", "created_at"],
    "ix_orders_tracking_number": [sa.text("upper(tracking_number)")],
}
