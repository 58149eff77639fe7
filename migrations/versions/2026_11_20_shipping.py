"""Tables of shipping zones, methods and their price bands."""

import sqlalchemy as sa
from alembic import op

revision = "shipping"
down_revision = "pricing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA shipping")
    op.create_table(
        "zones",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_zones_name")),
        sa.PrimaryKeyConstraint("id", name="pk_zones"),
        sa.UniqueConstraint("name", name="uq_zones_name"),
        schema="shipping",
    )
    op.create_table(
        "zone_regions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("zone_id", sa.Uuid(), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("state", sa.String(100), server_default="", nullable=False),
        sa.Column("postal_pattern", sa.String(45), server_default="", nullable=False),
        sa.Column("postal_first", sa.String(21), server_default="", nullable=False),
        sa.Column("postal_last", sa.String(21), server_default="", nullable=False),
        sa.CheckConstraint(
            "(postal_pattern = '') = (postal_first = '' AND postal_last = '')",
            name=op.f("ck_zone_regions_postal_range"),
        ),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_zone_regions_country")),
        sa.ForeignKeyConstraint(["zone_id"], ["shipping.zones.id"], name="fk_zone_regions_zone_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_zone_regions"),
        sa.UniqueConstraint("country", "state", "postal_pattern", name="uq_zone_regions_country_state_postal_pattern"),
        schema="shipping",
    )
    op.create_index("ix_zone_regions_zone_id", "zone_regions", ["zone_id"], schema="shipping")
    op.create_table(
        "methods",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("zone_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("description", sa.String(200), server_default="", nullable=False),
        sa.Column("days_min", sa.Integer(), nullable=False),
        sa.Column("days_max", sa.Integer(), nullable=False),
        sa.Column("cutoff_hour", sa.Integer(), server_default="14", nullable=False),
        sa.Column("sort_order", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z][a-z0-9_-]*$'", name=op.f("ck_methods_code")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_methods_name")),
        sa.CheckConstraint("cutoff_hour BETWEEN 0 AND 24", name=op.f("ck_methods_cutoff_hour")),
        sa.CheckConstraint("days_min BETWEEN 0 AND days_max AND days_max <= 90", name=op.f("ck_methods_days")),
        sa.ForeignKeyConstraint(["zone_id"], ["shipping.zones.id"], name="fk_methods_zone_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_methods"),
        sa.UniqueConstraint("zone_id", "code", name="uq_methods_zone_id_code"),
        schema="shipping",
    )
    op.create_table(
        "bands",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("method_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("weight_from", sa.Integer(), server_default="0", nullable=False),
        sa.Column("weight_to", sa.Integer(), nullable=True),
        sa.Column("subtotal_from", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("subtotal_to", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_bands_currency")),
        sa.CheckConstraint("amount BETWEEN 0 AND 10000000000", name=op.f("ck_bands_amount")),
        sa.CheckConstraint("subtotal_from >= 0 AND subtotal_to > subtotal_from", name=op.f("ck_bands_subtotal")),
        sa.CheckConstraint("weight_from >= 0 AND weight_to > weight_from", name=op.f("ck_bands_weight")),
        sa.ForeignKeyConstraint(["method_id"], ["shipping.methods.id"], name="fk_bands_method_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_bands"),
        schema="shipping",
    )
    op.create_index("ix_bands_method_id_currency", "bands", ["method_id", "currency"], schema="shipping")


def downgrade() -> None:
    op.execute("DROP SCHEMA shipping CASCADE")
