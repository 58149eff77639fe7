"""Tables of store: what the merchant sets."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "store"
down_revision = "kit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA store")
    op.create_table(
        "shop",
        sa.Column("only_row", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("legal_name", sa.String(200), nullable=False),
        sa.Column("address", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("time_zone", sa.String(60), nullable=False),
        sa.Column("prices_include_tax", sa.Boolean(), nullable=False),
        sa.Column("tax_rounding", sa.String(10), server_default="line", nullable=False),
        sa.Column("tax_on_shipping", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("sender_email", sa.String(255), nullable=False),
        sa.Column("alerts_email", sa.String(255), nullable=False),
        sa.Column("countries", postgresql.ARRAY(sa.String(2)), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("only_row", name=op.f("ck_shop_one_row")),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_shop_country")),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_shop_currency")),
        sa.CheckConstraint("tax_rounding IN ('line', 'order')", name=op.f("ck_shop_tax_rounding")),
        sa.CheckConstraint("name <> '' AND legal_name <> ''", name=op.f("ck_shop_names")),
        sa.PrimaryKeyConstraint("only_row", name="pk_shop"),
        schema="store",
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA store CASCADE")
