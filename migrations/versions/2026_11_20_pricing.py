"""Tables of prices with their history, tax classes and tax rates."""

import sqlalchemy as sa
from alembic import op

revision = "pricing"
down_revision = "inventory"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA pricing")
    op.create_table(
        "prices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("compare_at", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_prices_currency")),
        sa.CheckConstraint("amount BETWEEN 0 AND 10000000000", name=op.f("ck_prices_amount")),
        sa.CheckConstraint("compare_at BETWEEN 0 AND 10000000000", name=op.f("ck_prices_compare_at")),
        sa.ForeignKeyConstraint(["variant_id"], ["catalog.variants.id"], name="fk_prices_variant_id"),
        sa.PrimaryKeyConstraint("id", name="pk_prices"),
        schema="pricing",
    )
    op.create_index("ix_prices_current", "prices", ["variant_id", "currency", "valid_from", "id"], schema="pricing")
    op.create_table(
        "tax_classes",
        sa.Column("code", sa.String(30), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.CheckConstraint("code ~ '^[a-z][a-z0-9_]*$'", name=op.f("ck_tax_classes_code")),
        sa.PrimaryKeyConstraint("code", name="pk_tax_classes"),
        schema="pricing",
    )
    op.create_table(
        "tax_rates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("jurisdiction", sa.String(30), server_default="country", nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("state", sa.String(100), server_default="", nullable=False),
        sa.Column("postal_pattern", sa.String(45), server_default="", nullable=False),
        sa.Column("postal_first", sa.String(21), server_default="", nullable=False),
        sa.Column("postal_last", sa.String(21), server_default="", nullable=False),
        sa.Column("tax_class", sa.String(30), nullable=False),
        sa.Column("rate_ppm", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint(
            "(postal_pattern = '') = (postal_first = '' AND postal_last = '')", name=op.f("ck_tax_rates_postal_range")
        ),
        sa.CheckConstraint("country ~ '^[A-Z]{2}$'", name=op.f("ck_tax_rates_country")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_tax_rates_name")),
        sa.CheckConstraint("rate_ppm BETWEEN 0 AND 1000000", name=op.f("ck_tax_rates_rate_ppm")),
        sa.ForeignKeyConstraint(["tax_class"], ["pricing.tax_classes.code"], name="fk_tax_rates_tax_class"),
        sa.PrimaryKeyConstraint("id", name="pk_tax_rates"),
        sa.UniqueConstraint(
            "jurisdiction",
            "country",
            "state",
            "postal_pattern",
            "tax_class",
            name="uq_tax_rates_place",
        ),
        schema="pricing",
    )
    op.create_index("ix_tax_rates_country_state", "tax_rates", ["country", "state"], schema="pricing")
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON pricing.prices"
        " FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change()"
    )
    op.execute(
        "INSERT INTO pricing.tax_classes (code, name)"
        " VALUES ('standard', 'Standard'), ('reduced', 'Reduced'), ('zero', 'Not taxed')"
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA pricing CASCADE")
