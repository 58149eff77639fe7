"""Tables of carts."""

import sqlalchemy as sa
from alembic import op

revision = "cart"
down_revision = "shipping"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA cart")
    op.create_table(
        "carts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("status", sa.String(10), server_default="open", nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_carts_currency")),
        sa.CheckConstraint("status IN ('open', 'converted', 'merged', 'expired')", name=op.f("ck_carts_status")),
        sa.CheckConstraint("account_id IS NOT NULL OR expires_at IS NOT NULL", name=op.f("ck_carts_guests_expire")),
        sa.CheckConstraint("account_id IS NOT NULL OR token_hash IS NOT NULL", name=op.f("ck_carts_somebodys")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.accounts.id"], name="fk_carts_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_carts"),
        sa.UniqueConstraint("token_hash", name="uq_carts_token_hash"),
        schema="cart",
    )
    op.create_index("ix_carts_account_id", "carts", ["account_id"], schema="cart")
    op.create_index("ix_carts_due", "carts", ["expires_at"], schema="cart", postgresql_where=sa.text("status = 'open'"))
    op.create_index(
        "uq_carts_open_account",
        "carts",
        ["account_id"],
        unique=True,
        schema="cart",
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "cart_lines",
        sa.Column("cart_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price_seen", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("quantity BETWEEN 1 AND 999", name=op.f("ck_cart_lines_quantity")),
        sa.CheckConstraint("unit_price_seen >= 0", name=op.f("ck_cart_lines_unit_price_seen")),
        sa.ForeignKeyConstraint(["cart_id"], ["cart.carts.id"], name="fk_cart_lines_cart_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["variant_id"], ["catalog.variants.id"], name="fk_cart_lines_variant_id"),
        sa.PrimaryKeyConstraint("cart_id", "variant_id", name="pk_cart_lines"),
        schema="cart",
    )
    op.create_index("ix_cart_lines_variant_id", "cart_lines", ["variant_id"], schema="cart")


def downgrade() -> None:
    op.execute("DROP SCHEMA cart CASCADE")
