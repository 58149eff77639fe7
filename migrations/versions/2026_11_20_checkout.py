"""Tables of checkout."""

import sqlalchemy as sa
from alembic import op

revision = "checkout"
down_revision = "orders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA checkout")
    op.create_table(
        "checkouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cart_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("visitor", sa.String(80), server_default="", nullable=False),
        sa.Column("status", sa.String(20), server_default="open", nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_hash", sa.LargeBinary(), nullable=True),
        sa.Column("shipping_draft", sa.Text(), nullable=True),
        sa.Column("shipping_address", sa.Text(), nullable=True),
        sa.Column("billing_same", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("billing_draft", sa.Text(), nullable=True),
        sa.Column("billing_address", sa.Text(), nullable=True),
        sa.Column("shipping_method_id", sa.Uuid(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("accepted_total", sa.BigInteger(), nullable=True),
        sa.Column("accepted_currency", sa.String(3), nullable=True),
        sa.Column("placed_as", sa.String(64), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("declines", sa.Integer(), server_default="0", nullable=False),
        sa.Column("declined_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("looked_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("completed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('open', 'placed', 'completed', 'abandoned')", name=op.f("ck_checkouts_status")),
        sa.CheckConstraint(
            "(status IN ('placed', 'completed')) = (order_id IS NOT NULL)", name=op.f("ck_checkouts_order")
        ),
        sa.CheckConstraint(
            "(status = 'completed') = (completed_at IS NOT NULL)", name=op.f("ck_checkouts_completed_at")
        ),
        sa.CheckConstraint("accepted_total >= 0", name=op.f("ck_checkouts_accepted_total")),
        sa.CheckConstraint(
            "(accepted_total IS NULL) = (accepted_currency IS NULL)", name=op.f("ck_checkouts_accepted_currency")
        ),
        sa.CheckConstraint("declines >= 0", name=op.f("ck_checkouts_declines")),
        sa.ForeignKeyConstraint(["cart_id"], ["cart.carts.id"], name=op.f("fk_checkouts_cart_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.accounts.id"], name=op.f("fk_checkouts_account_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_checkouts_order_id")),
        sa.PrimaryKeyConstraint("id", name="pk_checkouts"),
        schema="checkout",
    )
    op.create_index("uq_checkouts_live_cart", "checkouts", ["cart_id"], unique=True, schema="checkout",
                    postgresql_where=sa.text("status IN ('open', 'placed')"))  # fmt: skip
    op.create_index("uq_checkouts_order_id", "checkouts", ["order_id"], unique=True, schema="checkout")
    op.create_index("uq_checkouts_token_hash", "checkouts", ["token_hash"], unique=True, schema="checkout")
    op.create_index("ix_checkouts_cart_id", "checkouts", ["cart_id"], schema="checkout")
    op.create_index("ix_checkouts_open_updated_at", "checkouts", ["updated_at"], schema="checkout",
                    postgresql_where=sa.text("status = 'open'"))  # fmt: skip
    op.create_index("ix_checkouts_placed_looked_at", "checkouts", ["looked_at"], schema="checkout",
                    postgresql_where=sa.text("status = 'placed'"))  # fmt: skip
    declined = {"postgresql_where": sa.text("declines > 0"), "schema": "checkout"}
    op.create_index("ix_checkouts_visitor_declined_at", "checkouts", ["visitor", "declined_at"], **declined)
    op.create_index("ix_checkouts_email_hash_declined_at", "checkouts", ["email_hash", "declined_at"], **declined)


def downgrade() -> None:
    op.execute("DROP SCHEMA checkout CASCADE")
