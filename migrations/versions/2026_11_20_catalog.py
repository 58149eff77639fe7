"""Tables of the catalogue, the tree without circles, and the combination of a variant."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "catalog"
down_revision = "accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA catalog")
    op.create_table(
        "attributes",
        sa.Column("code", sa.String(50), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(20), nullable=True),
        sa.Column("choices", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.CheckConstraint("(kind = 'choice') = (jsonb_array_length(choices) > 0)", name=op.f("ck_attributes_choices")),
        sa.CheckConstraint("code ~ '^[a-z][a-z0-9_]*$'", name=op.f("ck_attributes_code")),
        sa.CheckConstraint("jsonb_typeof(choices) = 'array'", name=op.f("ck_attributes_choices_list")),
        sa.CheckConstraint("kind IN ('text', 'number', 'boolean', 'choice')", name=op.f("ck_attributes_kind")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_attributes_name")),
        sa.CheckConstraint("unit IS NULL OR kind = 'number'", name=op.f("ck_attributes_unit")),
        sa.PrimaryKeyConstraint("code", name="pk_attributes"),
        schema="catalog",
    )
    op.create_table(
        "media",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content_type", sa.String(50), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint(
            "content_type IN ('image/webp', 'image/jpeg', 'image/png', 'image/avif')",
            name=op.f("ck_media_content_type"),
        ),
        sa.CheckConstraint("width > 0 AND height > 0 AND bytes > 0", name=op.f("ck_media_size")),
        sa.PrimaryKeyConstraint("id", name="pk_media"),
        sa.UniqueConstraint("key", name="uq_media_key"),
        sa.UniqueConstraint("sha256", name="uq_media_sha256"),
        schema="catalog",
    )
    op.create_table(
        "categories",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("slug", sa.String(255), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("sort_order", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("picture_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_categories_name")),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_categories_slug")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_categories_own_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["catalog.categories.id"], name="fk_categories_parent_id"),
        sa.ForeignKeyConstraint(["picture_id"], ["catalog.media.id"], name="fk_categories_picture_id"),
        sa.PrimaryKeyConstraint("id", name="pk_categories"),
        sa.UniqueConstraint("slug", name="uq_categories_slug"),
        schema="catalog",
    )
    op.create_index("ix_categories_parent_id", "categories", ["parent_id"], schema="catalog")
    op.create_index("ix_categories_picture_id", "categories", ["picture_id"], schema="catalog")
    op.create_table(
        "renditions",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.CheckConstraint("format IN ('webp', 'avif')", name=op.f("ck_renditions_format")),
        sa.CheckConstraint("width > 0 AND height > 0 AND bytes > 0", name=op.f("ck_renditions_size")),
        sa.ForeignKeyConstraint(["media_id"], ["catalog.media.id"], name="fk_renditions_media_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("media_id", "format", "width", name="pk_renditions"),
        schema="catalog",
    )
    op.create_table(
        "category_attributes",
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("attribute_code", sa.String(50), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_required", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["attribute_code"], ["catalog.attributes.code"], name="fk_category_attributes_attribute_code"
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["catalog.categories.id"], name="fk_category_attributes_category_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("category_id", "attribute_code", name="pk_category_attributes"),
        schema="catalog",
    )
    op.create_index(
        "ix_category_attributes_attribute_code", "category_attributes", ["attribute_code"], schema="catalog"
    )
    op.create_table(
        "products",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(50), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("slug", sa.String(255), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("brand", sa.String(100), nullable=True),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("weight_grams", sa.Integer(), nullable=True),
        sa.Column("tax_class", sa.String(30), server_default="standard", nullable=False),
        sa.Column("attributes", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("brand <> ''", name=op.f("ck_products_brand")),
        sa.CheckConstraint("jsonb_typeof(attributes) = 'object'", name=op.f("ck_products_attributes")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_products_name")),
        sa.CheckConstraint("sku <> '' AND sku = btrim(sku)", name=op.f("ck_products_sku")),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_products_slug")),
        sa.CheckConstraint("tax_class <> ''", name=op.f("ck_products_tax_class")),
        sa.CheckConstraint("weight_grams >= 0", name=op.f("ck_products_weight_grams")),
        sa.ForeignKeyConstraint(["category_id"], ["catalog.categories.id"], name="fk_products_category_id"),
        sa.PrimaryKeyConstraint("id", name="pk_products"),
        sa.UniqueConstraint("sku", name="uq_products_sku"),
        sa.UniqueConstraint("slug", name="uq_products_slug"),
        schema="catalog",
    )
    op.create_index("ix_products_category_id", "products", ["category_id"], schema="catalog")
    op.create_table(
        "options",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_options_name")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog.products.id"], name="fk_options_product_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_options"),
        sa.UniqueConstraint("id", "product_id", name="uq_options_id_product_id"),
        sa.UniqueConstraint("product_id", "name", name="uq_options_product_id_name"),
        schema="catalog",
    )
    op.create_table(
        "product_categories",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["catalog.categories.id"], name="fk_product_categories_category_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog.products.id"], name="fk_product_categories_product_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", "category_id", name="pk_product_categories"),
        schema="catalog",
    )
    op.create_index("ix_product_categories_category_id", "product_categories", ["category_id"], schema="catalog")
    op.create_table(
        "product_images",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("alt", sa.String(255), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["catalog.media.id"], name="fk_product_images_media_id"),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog.products.id"], name="fk_product_images_product_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", "media_id", name="pk_product_images"),
        schema="catalog",
    )
    op.create_index("ix_product_images_media_id", "product_images", ["media_id"], schema="catalog")
    op.create_table(
        "variants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(50), nullable=False),
        sa.Column("combination", sa.Text(), server_default="", nullable=False),
        sa.Column("weight_grams", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_default", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("picture_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("sku <> '' AND sku = btrim(sku)", name=op.f("ck_variants_sku")),
        sa.CheckConstraint("weight_grams >= 0", name=op.f("ck_variants_weight_grams")),
        sa.ForeignKeyConstraint(["picture_id"], ["catalog.media.id"], name="fk_variants_picture_id"),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog.products.id"], name="fk_variants_product_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_variants"),
        sa.UniqueConstraint("id", "product_id", name="uq_variants_id_product_id"),
        sa.UniqueConstraint("product_id", "combination", name="uq_variants_product_id_combination"),
        sa.UniqueConstraint("sku", name="uq_variants_sku"),
        schema="catalog",
    )
    op.create_index("ix_variants_picture_id", "variants", ["picture_id"], schema="catalog")
    op.create_index(
        "uq_variants_default",
        "variants",
        ["product_id"],
        unique=True,
        schema="catalog",
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "option_values",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("option_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.String(100), nullable=False),
        sa.Column("swatch", sa.String(7), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("swatch ~ '^#[0-9a-f]{6}$'", name=op.f("ck_option_values_swatch")),
        sa.CheckConstraint("value <> ''", name=op.f("ck_option_values_value")),
        sa.ForeignKeyConstraint(
            ["option_id"], ["catalog.options.id"], name="fk_option_values_option_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_option_values"),
        sa.UniqueConstraint("id", "option_id", name="uq_option_values_id_option_id"),
        sa.UniqueConstraint("option_id", "value", name="uq_option_values_option_id_value"),
        schema="catalog",
    )
    op.create_table(
        "variant_values",
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("option_id", sa.Uuid(), nullable=False),
        sa.Column("value_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["option_id", "product_id"],
            ["catalog.options.id", "catalog.options.product_id"],
            name="fk_variant_values_option_id_product_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["value_id", "option_id"],
            ["catalog.option_values.id", "catalog.option_values.option_id"],
            name="fk_variant_values_value_id_option_id",
        ),
        sa.ForeignKeyConstraint(
            ["variant_id", "product_id"],
            ["catalog.variants.id", "catalog.variants.product_id"],
            name="fk_variant_values_variant_id_product_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("variant_id", "option_id", name="pk_variant_values"),
        schema="catalog",
    )
    op.create_index("ix_variant_values_value_id", "variant_values", ["value_id"], schema="catalog")
    # Two moves at once could close a circle that neither sees: one change of the tree at a time.
    op.execute(
        """
        CREATE FUNCTION catalog.refuse_circle() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.parent_id IS NULL THEN
                RETURN NEW;
            END IF;
            PERFORM pg_advisory_xact_lock(hashtext('catalog.categories'));
            IF EXISTS (
                WITH RECURSIVE above AS (
                    SELECT id, parent_id FROM catalog.categories WHERE id = NEW.parent_id
                    UNION
                    SELECT c.id, c.parent_id FROM catalog.categories c JOIN above ON c.id = above.parent_id
                )
                SELECT FROM above WHERE id = NEW.id
            ) THEN
                RAISE EXCEPTION 'a category cannot stand below itself'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_categories_circle', SCHEMA = 'catalog',
                          TABLE = 'categories';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER refuse_circle BEFORE INSERT OR UPDATE OF parent_id ON catalog.categories"
        " FOR EACH ROW EXECUTE FUNCTION catalog.refuse_circle()"
    )
    op.execute(
        """
        CREATE FUNCTION catalog.write_combination() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            changed uuid := coalesce(NEW.variant_id, OLD.variant_id);
        BEGIN
            UPDATE catalog.variants SET combination = coalesce(
                (SELECT string_agg(value_id::text, ' ' ORDER BY option_id) FROM catalog.variant_values
                 WHERE variant_id = changed), '')
            WHERE id = changed;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER write_combination AFTER INSERT OR UPDATE OR DELETE ON catalog.variant_values"
        " FOR EACH ROW EXECUTE FUNCTION catalog.write_combination()"
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA catalog CASCADE")
