"""What staff do with orders: notes, other addresses, mails sent again, payment by bank transfer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "orders_desk"
down_revision = "invoicing"
branch_labels = None
depends_on = None

_LARGEST = 2**53


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.accounts.id"], name=op.f("fk_notes_author_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_notes_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        schema="orders",
    )
    op.create_index("ix_notes_order_id", "notes", ["order_id"], schema="orders")
    op.create_table(
        "readdressings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("shipping_cents", sa.BigInteger(), nullable=False),
        sa.Column("tax_cents", sa.BigInteger(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("taxes", postgresql.JSONB(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_readdressings_position")),
        *(
            sa.CheckConstraint(f"{column} >= 0 AND {column} < {_LARGEST}", name=op.f(f"ck_readdressings_{column}"))
            for column in ("shipping_cents", "tax_cents", "total_cents")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_readdressings_order_id")),
        sa.ForeignKeyConstraint(["refund_id"], ["payments.refunds.id"], name=op.f("fk_readdressings_refund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readdressings")),
        sa.UniqueConstraint("order_id", "position", name=op.f("uq_readdressings_order_id_position")),
        schema="orders",
    )
    for table in ("notes", "readdressings"):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON orders.{table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change()"
        )
    _mails_again()
    _bank_transfers()


def _mails_again() -> None:
    op.add_column("notifications", sa.Column("again_of", sa.Uuid(), nullable=True), schema="notifications")
    op.create_foreign_key(
        "fk_notifications_again_of",
        "notifications",
        "notifications",
        ["again_of"],
        ["id"],
        source_schema="notifications",
        referent_schema="notifications",
    )
    op.drop_constraint(
        "uq_notifications_event_id_template_name_audience", "notifications", schema="notifications", type_="unique"
    )
    op.create_index(
        "uq_notifications_event",
        "notifications",
        ["event_id", "template_name", "audience"],
        unique=True,
        schema="notifications",
        postgresql_where=sa.text("again_of IS NULL"),
    )


def _bank_transfers() -> None:
    op.add_column("shop", sa.Column("bank_details", sa.Text(), server_default="", nullable=False), schema="store")
    op.add_column("shop", sa.Column("transfer_days", sa.Integer(), server_default="7", nullable=False), schema="store")
    op.create_check_constraint(op.f("ck_shop_transfer_days"), "shop", "transfer_days BETWEEN 1 AND 60", schema="store")
    for name, rule in _PAYMENTS.items():
        op.drop_constraint(op.f(f"ck_payments_{name}"), "payments", schema="payments", type_="check")
        op.create_check_constraint(op.f(f"ck_payments_{name}"), "payments", rule[0], schema="payments")
    for table, name, now, _before in _LEDGER:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, schema="payments", type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, now, schema="payments")


def downgrade() -> None:
    for table, name, _now, before in _LEDGER:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, schema="payments", type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, before, schema="payments")
    for name, rule in _PAYMENTS.items():
        op.drop_constraint(op.f(f"ck_payments_{name}"), "payments", schema="payments", type_="check")
        op.create_check_constraint(op.f(f"ck_payments_{name}"), "payments", rule[1], schema="payments")
    op.drop_column("shop", "transfer_days", schema="store")
    op.drop_column("shop", "bank_details", schema="store")
    op.drop_index("uq_notifications_event", "notifications", schema="notifications")
    op.drop_column("notifications", "again_of", schema="notifications")
    op.create_unique_constraint(
        "uq_notifications_event_id_template_name_audience",
        "notifications",
        ["event_id", "template_name", "audience"],
        schema="notifications",
    )
    op.drop_table("readdressings", schema="orders")
    op.drop_table("notes", schema="orders")


# What each rule is from now on, and what it was.
_PAYMENTS = {
    "method": (
        "method IN ('credit_card', 'debit_card', 'wallet', 'bank_transfer')",
        "method IN ('credit_card', 'debit_card', 'wallet')",
    ),
    "captured_where": (
        "(captured_cents > 0) <= (gateway_transaction_id IS NOT NULL OR coalesce(method = 'bank_transfer', false))",
        "(captured_cents > 0) <= (gateway_transaction_id IS NOT NULL)",
    ),
}
_LEDGER = (
    (
        "ledger_entries",
        "account",
        "account IN ('gateway_clearing', 'bank', 'customer_orders', 'refunds')",
        "account IN ('gateway_clearing', 'customer_orders', 'refunds')",
    ),
    (
        "ledger_transactions",
        "kind",
        "kind IN ('capture', 'refund', 'refund_returned', 'transfer', 'transfer_refund')",
        "kind IN ('capture', 'refund', 'refund_returned')",
    ),
)
