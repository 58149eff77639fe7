"""Tables of imports, and the columns of goods that only a move from another shop has shown to be missing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "transfer"
down_revision = "reviews"
branch_labels = None
depends_on = None

_REASONS = (
    "reason IN ('initial', 'received', 'sale', 'cancellation', 'return', 'count', 'correction', 'damaged',"
    " 'theft', 'promotion'{more})"
)
_LARGEST_PRICE = 10_000_000_000


_WRITE_COMBINATION = """
CREATE OR REPLACE FUNCTION catalog.write_combination() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed uuid := coalesce(NEW.variant_id, OLD.variant_id);
BEGIN
    UPDATE catalog.variants v SET combination = told.combination
    FROM (SELECT coalesce(string_agg(value_id::text, ' ' ORDER BY option_id), '') AS combination
          FROM catalog.variant_values WHERE variant_id = changed) told
    WHERE v.id = changed{unless};
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute("CREATE SCHEMA transfer")
    _catalog()
    _pricing()
    op.drop_constraint(op.f("ck_stock_movements_reason"), "stock_movements", schema="inventory")
    op.create_check_constraint(
        op.f("ck_stock_movements_reason"), "stock_movements", _REASONS.format(more=", 'import'"), schema="inventory"
    )
    op.create_table(
        "pictures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("status", sa.String(10), server_default="wanted", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("status IN ('wanted', 'fetched', 'given_up')", name=op.f("ck_pictures_status")),
        sa.CheckConstraint("(status = 'fetched') = (media_id IS NOT NULL)", name=op.f("ck_pictures_media")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_pictures_tries")),
        sa.CheckConstraint("url ~ '^https?://'", name=op.f("ck_pictures_url")),
        sa.ForeignKeyConstraint(["media_id"], ["catalog.media.id"], name="fk_pictures_media_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pictures"),
        sa.UniqueConstraint("url", name="uq_pictures_url"),
        schema="transfer",
    )
    op.create_index("ix_pictures_due", "pictures", ["next_try_at"], schema="transfer",
                    postgresql_where=sa.text("status = 'wanted'"))  # fmt: skip
    op.create_index("ix_pictures_media_id", "pictures", ["media_id"], schema="transfer")
    op.create_table(
        "picture_uses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("picture_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("alt", sa.String(512), server_default="", nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_picture_uses_position")),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["transfer.pictures.id"], name="fk_picture_uses_picture_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog.products.id"], name="fk_picture_uses_product_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["catalog.variants.id"], name="fk_picture_uses_variant_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_picture_uses"),
        schema="transfer",
    )
    op.create_index("ix_picture_uses_picture_id", "picture_uses", ["picture_id"], schema="transfer")
    op.create_index("uq_picture_uses_product", "picture_uses", ["product_id", "picture_id"], unique=True,
                    schema="transfer", postgresql_where=sa.text("variant_id IS NULL"))  # fmt: skip
    op.create_index("uq_picture_uses_variant", "picture_uses", ["variant_id"], unique=True,
                    schema="transfer", postgresql_where=sa.text("variant_id IS NOT NULL"))  # fmt: skip


def _catalog() -> None:
    op.add_column("products", sa.Column("description_html", sa.Text(), nullable=True), schema="catalog")
    op.add_column("products", sa.Column("product_type", sa.String(255), nullable=True), schema="catalog")
    op.add_column(
        "products",
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        schema="catalog",
    )
    op.add_column("products", sa.Column("seo_title", sa.String(255), nullable=True), schema="catalog")
    op.add_column("products", sa.Column("seo_description", sa.Text(), nullable=True), schema="catalog")
    op.create_check_constraint(op.f("ck_products_product_type"), "products", "product_type <> ''", schema="catalog")
    op.create_check_constraint(
        op.f("ck_products_seo"), "products", "seo_title <> '' AND seo_description <> ''", schema="catalog"
    )
    op.add_column("variants", sa.Column("barcode", sa.String(50), nullable=True), schema="catalog")
    op.create_check_constraint(op.f("ck_variants_barcode"), "variants", "barcode <> ''", schema="catalog")
    # Several variants that are given their values in one operation are compared once all of them have theirs.
    op.drop_constraint("uq_variants_product_id_combination", "variants", schema="catalog")
    op.create_unique_constraint(
        "uq_variants_product_id_combination",
        "variants",
        ["product_id", "combination"],
        schema="catalog",
        deferrable=True,
        initially="IMMEDIATE",
    )
    # A variant that was written with its combination already is not written again.
    op.execute(_WRITE_COMBINATION.format(unless=" AND v.combination <> told.combination"))
    op.alter_column(
        "product_images", "alt", type_=sa.String(512), existing_type=sa.String(255), existing_nullable=False,
        existing_server_default="", schema="catalog",
    )  # fmt: skip
    op.create_table(
        "redirects",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("path ~ '^/[a-z]+/.'", name=op.f("ck_redirects_path")),
        sa.CheckConstraint("num_nonnulls(product_id, category_id) = 1", name=op.f("ck_redirects_target")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog.products.id"], name="fk_redirects_product_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["catalog.categories.id"], name="fk_redirects_category_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("path", name="pk_redirects"),
        schema="catalog",
    )
    op.create_index("ix_redirects_product_id", "redirects", ["product_id"], schema="catalog")
    op.create_index("ix_redirects_category_id", "redirects", ["category_id"], schema="catalog")


def _pricing() -> None:
    op.create_table(
        "costs",
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_costs_currency")),
        sa.CheckConstraint(f"amount BETWEEN 0 AND {_LARGEST_PRICE}", name=op.f("ck_costs_amount")),
        sa.ForeignKeyConstraint(["variant_id"], ["catalog.variants.id"], name="fk_costs_variant_id"),
        sa.PrimaryKeyConstraint("variant_id", "currency", name="pk_costs"),
        schema="pricing",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_stock_movements_reason"), "stock_movements", schema="inventory")
    # NOT VALID: the ledger is append-only, so what an import has written stays as it is.
    op.execute(
        "ALTER TABLE inventory.stock_movements ADD CONSTRAINT ck_stock_movements_reason"
        f" CHECK ({_REASONS.format(more='')}) NOT VALID"
    )
    op.execute(_WRITE_COMBINATION.format(unless=""))
    op.drop_table("costs", schema="pricing")
    op.drop_table("redirects", schema="catalog")
    op.execute("ALTER TABLE catalog.product_images ALTER alt TYPE varchar(255) USING left(alt, 255)")
    op.drop_constraint("uq_variants_product_id_combination", "variants", schema="catalog")
    op.create_unique_constraint(
        "uq_variants_product_id_combination", "variants", ["product_id", "combination"], schema="catalog"
    )
    op.drop_column("variants", "barcode", schema="catalog")
    for column in ("description_html", "product_type", "tags", "seo_title", "seo_description"):
        op.drop_column("products", column, schema="catalog")
    op.execute("DROP SCHEMA transfer CASCADE")
