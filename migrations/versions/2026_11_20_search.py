"""Documents of listings and search, and the words they contain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "search"
down_revision = "checkout"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA search")
    op.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    # `search.english` stems, `search.plain` keeps the word as it is; both take accents off.
    for name, copied, dictionary in (("english", "english", "english_stem"), ("plain", "simple", "simple")):
        op.execute(f"CREATE TEXT SEARCH CONFIGURATION search.{name} (COPY = pg_catalog.{copied})")
        op.execute(
            f"ALTER TEXT SEARCH CONFIGURATION search.{name} ALTER MAPPING FOR hword, hword_part, word, numword"
            f" WITH unaccent, pg_catalog.{dictionary}"
        )
    op.create_table(
        "terms",
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_terms"),
        schema="search",
    )
    op.create_index(
        "ix_terms_word",
        "terms",
        ["word"],
        schema="search",
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )
    op.create_table(
        "documents",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("skus", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("category_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("variant_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("price_currency", sa.String(3), nullable=True),
        sa.Column("price_from", sa.BigInteger(), nullable=True),
        sa.Column("is_available", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("sold", sa.Integer(), server_default="0", nullable=False),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("card", postgresql.JSONB(), nullable=False),
        sa.Column("refreshed_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("cardinality(variant_ids) > 0", name=op.f("ck_documents_variants")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog.products.id"], name="fk_documents_product_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", name="pk_documents"),
        schema="search",
    )
    op.create_index("ix_documents_category_ids", "documents", ["category_ids"], schema="search", postgresql_using="gin")
    op.create_index(
        "ix_documents_published_at",
        "documents",
        ["published_at", "product_id"],
        schema="search",
    )
    op.create_index("ix_documents_skus", "documents", ["skus"], schema="search", postgresql_using="gin")
    op.create_index("ix_documents_words", "documents", ["words"], schema="search", postgresql_using="gin")


def downgrade() -> None:
    op.execute("DROP SCHEMA search CASCADE")
