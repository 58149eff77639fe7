"""Tables of wish lists."""

import sqlalchemy as sa
from alembic import op

revision = "wishlists"
down_revision = "accounts_service"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA wishlists")
    op.create_table(
        "wishlists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("(account_id IS NULL) = (expires_at IS NOT NULL)", name=op.f("ck_wishlists_guests_expire")),
        sa.CheckConstraint("(account_id IS NULL) = (token_hash IS NOT NULL)", name=op.f("ck_wishlists_one_owner")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.accounts.id"], name=op.f("fk_wishlists_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishlists")),
        sa.UniqueConstraint("account_id", name=op.f("uq_wishlists_account_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_wishlists_token_hash")),
        schema="wishlists",
    )
    op.create_index(
        "ix_wishlists_expires_at",
        "wishlists",
        ["expires_at"],
        unique=False,
        schema="wishlists",
        postgresql_where=sa.text("expires_at IS NOT NULL"),
    )
    op.create_table(
        "wishlist_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("wishlist_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=True),
        sa.Column("price_seen", sa.BigInteger(), nullable=True),
        sa.Column("currency_seen", sa.String(length=3), nullable=True),
        sa.Column("was_available", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("currency_seen ~ '^[A-Z]{3}$'", name=op.f("ck_wishlist_items_currency_seen")),
        sa.CheckConstraint(
            "(price_seen IS NULL) = (currency_seen IS NULL)", name=op.f("ck_wishlist_items_price_with_currency")
        ),
        sa.CheckConstraint("price_seen >= 0", name=op.f("ck_wishlist_items_price_seen")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog.products.id"], name=op.f("fk_wishlist_items_product_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id", "product_id"],
            ["catalog.variants.id", "catalog.variants.product_id"],
            name=op.f("fk_wishlist_items_variant_id_product_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["wishlist_id"], ["wishlists.wishlists.id"], name=op.f("fk_wishlist_items_wishlist_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishlist_items")),
        sa.UniqueConstraint(
            "wishlist_id",
            "product_id",
            "variant_id",
            name=op.f("uq_wishlist_items_wishlist_id_product_id_variant_id"),
            postgresql_nulls_not_distinct=True,
        ),
        schema="wishlists",
    )
    op.create_index("ix_wishlist_items_product_id", "wishlist_items", ["product_id"], unique=False, schema="wishlists")
    op.create_index("ix_wishlist_items_variant_id", "wishlist_items", ["variant_id"], unique=False, schema="wishlists")


def downgrade() -> None:
    op.execute("DROP SCHEMA wishlists CASCADE")
