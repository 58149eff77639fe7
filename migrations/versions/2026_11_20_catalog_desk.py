"""What staff edit of the catalogue: digital goods with their files and download links, archived products, imports in
the browser, and whether the lowest price of the 30 days before a cut is told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "catalog_desk"
down_revision = "inventory_desk"
branch_labels = None
depends_on = None

_NOW = sa.text("kit.now()")
_TIME = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    _files()
    _settings()
    _downloads()
    _imports()


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("content_type", sa.String(100), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("created_at", _TIME, server_default=_NOW, nullable=False),
        sa.CheckConstraint("bytes > 0", name=op.f("ck_files_bytes")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_files_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
        schema="catalog",
    )
    op.add_column(
        "variants", sa.Column("kind", sa.String(10), server_default="physical", nullable=False), schema="catalog"
    )
    op.add_column("variants", sa.Column("file_id", sa.Uuid(), nullable=True), schema="catalog")
    op.create_foreign_key(
        op.f("fk_variants_file_id"),
        "variants",
        "files",
        ["file_id"],
        ["id"],
        source_schema="catalog",
        referent_schema="catalog",
    )
    op.create_index(op.f("ix_variants_file_id"), "variants", ["file_id"], schema="catalog")
    op.create_check_constraint(
        op.f("ck_variants_kind"), "variants", "kind IN ('physical', 'digital')", schema="catalog"
    )
    op.create_check_constraint(
        op.f("ck_variants_file"), "variants", "kind = 'digital' OR file_id IS NULL", schema="catalog"
    )
    op.create_check_constraint(
        op.f("ck_variants_weightless"), "variants", "kind = 'physical' OR weight_grams IS NULL", schema="catalog"
    )
    op.add_column("products", sa.Column("archived_at", _TIME, nullable=True), schema="catalog")
    op.create_check_constraint(
        op.f("ck_products_archived"), "products", "archived_at IS NULL OR NOT is_active", schema="catalog"
    )
    op.create_index("ix_products_updated_at", "products", ["updated_at", "id"], schema="catalog")
    op.create_index("ix_products_brand", "products", ["brand"], schema="catalog")
    op.create_index("ix_products_name", "products", ["name", "id"], schema="catalog")
    op.create_index(
        "ix_products_name_trgm",
        "products",
        ["name"],
        schema="catalog",
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    )
    op.add_column(
        "order_lines",
        sa.Column("is_digital", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        schema="orders",
    )


def _settings() -> None:
    op.add_column("shop", sa.Column("lowest_price_shown", sa.Boolean(), nullable=True), schema="store")
    op.add_column("shop", sa.Column("download_days", sa.Integer(), server_default="30", nullable=False), schema="store")
    op.add_column("shop", sa.Column("download_limit", sa.Integer(), server_default="5", nullable=False), schema="store")
    op.create_check_constraint(
        op.f("ck_shop_downloads"),
        "shop",
        "download_days BETWEEN 1 AND 3650 AND download_limit BETWEEN 1 AND 1000",
        schema="store",
    )


def _downloads() -> None:
    op.execute("CREATE SCHEMA downloads")
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("revoked_at", _TIME, nullable=True),
        sa.Column("last_taken_at", _TIME, nullable=True),
        sa.Column("created_at", _TIME, server_default=_NOW, nullable=False),
        sa.CheckConstraint("most >= 1 AND taken BETWEEN 0 AND most", name=op.f("ck_grants_taken")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_grants_expires_at")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_grants_order_id")),
        sa.ForeignKeyConstraint(["file_id"], ["catalog.files.id"], name=op.f("fk_grants_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        schema="downloads",
    )
    op.create_index("ix_grants_order_id", "grants", ["order_id"], schema="downloads")
    op.create_index("ix_grants_file_id", "grants", ["file_id"], schema="downloads")
    op.create_index(
        "uq_grants_live",
        "grants",
        ["order_id", "variant_id"],
        unique=True,
        schema="downloads",
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "links",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", _TIME, server_default=_NOW, nullable=False),
        sa.ForeignKeyConstraint(["grant_id"], ["downloads.grants.id"], name=op.f("fk_links_grant_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_links")),
        schema="downloads",
    )
    op.create_index("ix_links_grant_id", "links", ["grant_id"], schema="downloads")


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("file_key", sa.String(120), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(10), server_default="waiting", nullable=False),
        sa.Column("set_stock", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("dialect", sa.String(20), nullable=True),
        sa.Column("products_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("products_total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("report", postgresql.JSONB(), nullable=True),
        sa.Column("problem", sa.Text(), server_default="", nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("staff_role", sa.String(20), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("report_key", sa.String(120), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", _TIME, server_default=_NOW, nullable=False),
        sa.Column("updated_at", _TIME, server_default=_NOW, nullable=False),
        sa.Column("ended_at", _TIME, nullable=True),
        sa.CheckConstraint(
            "status IN ('waiting', 'checking', 'checked', 'ready', 'running', 'done', 'refused', 'failed', 'undoing',"
            " 'undone')",
            name=op.f("ck_imports_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        schema="transfer",
    )
    op.create_index("ix_imports_created_at", "imports", ["created_at"], schema="transfer")
    op.create_index(
        "ix_imports_due",
        "imports",
        ["created_at"],
        schema="transfer",
        postgresql_where=sa.text("status IN ('waiting', 'checking', 'ready', 'running', 'undoing')"),
    )
    op.create_table(
        "import_changes",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["transfer.imports.id"], name=op.f("fk_import_changes_import_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "product_id", name=op.f("pk_import_changes")),
        schema="transfer",
    )


def downgrade() -> None:
    op.drop_table("import_changes", schema="transfer")
    op.drop_table("imports", schema="transfer")
    op.drop_table("links", schema="downloads")
    op.drop_table("grants", schema="downloads")
    op.execute("DROP SCHEMA downloads")
    op.drop_constraint(op.f("ck_shop_downloads"), "shop", schema="store")
    for column in ("download_limit", "download_days", "lowest_price_shown"):
        op.drop_column("shop", column, schema="store")
    op.drop_column("order_lines", "is_digital", schema="orders")
    for index in ("ix_products_name_trgm", "ix_products_name", "ix_products_brand", "ix_products_updated_at"):
        op.drop_index(index, "products", schema="catalog")
    op.drop_constraint(op.f("ck_products_archived"), "products", schema="catalog")
    op.drop_column("products", "archived_at", schema="catalog")
    for name in ("ck_variants_weightless", "ck_variants_file", "ck_variants_kind"):
        op.drop_constraint(op.f(name), "variants", schema="catalog")
    op.drop_index(op.f("ix_variants_file_id"), "variants", schema="catalog")
    op.drop_constraint(op.f("fk_variants_file_id"), "variants", schema="catalog")
    op.drop_column("variants", "file_id", schema="catalog")
    op.drop_column("variants", "kind", schema="catalog")
    op.drop_table("files", schema="catalog")
