"""Tables of reviews."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "reviews"
down_revision = "content"
branch_labels = None
depends_on = None

# With these a review waits until somebody has looked at it; a merchant's own list takes their place.
BLOCKED_WORDS = ("bitcoin", "casino", "cialis", "crypto", "escort", "forex", "telegram", "viagra", "whatsapp")


def upgrade() -> None:
    op.execute("CREATE SCHEMA reviews")
    op.create_table(
        "settings",
        sa.Column("only_row", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("ask_after_days", sa.Integer(), server_default="5", nullable=False),
        sa.Column("blocked_words", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.CheckConstraint("ask_after_days BETWEEN 0 AND 60", name=op.f("ck_settings_ask_after_days")),
        sa.CheckConstraint("only_row", name=op.f("ck_settings_one_row")),
        sa.PrimaryKeyConstraint("only_row", name=op.f("pk_settings")),
        schema="reviews",
    )
    op.create_table(
        "ratings",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stars_1", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stars_2", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stars_3", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stars_4", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stars_5", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "average",
            sa.Numeric(precision=3, scale=2),
            sa.Computed(
                "round((1 * stars_1 + 2 * stars_2 + 3 * stars_3 + 4 * stars_4 + 5 * stars_5)::numeric"
                " / nullif(stars_1 + stars_2 + stars_3 + stars_4 + stars_5, 0), 2)",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("count = stars_1 + stars_2 + stars_3 + stars_4 + stars_5", name=op.f("ck_ratings_count")),
        sa.CheckConstraint("least(stars_1, stars_2, stars_3, stars_4, stars_5) >= 0", name=op.f("ck_ratings_stars")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog.products.id"], name=op.f("fk_ratings_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_ratings")),
        schema="reviews",
    )
    op.create_table(
        "requests",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("done_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('asked', 'reviewed', 'withdrawn', 'closed', 'late')", name=op.f("ck_requests_outcome")
        ),
        sa.CheckConstraint("(done_at IS NULL) = (outcome IS NULL)", name=op.f("ck_requests_done_at")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_requests_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_requests")),
        schema="reviews",
    )
    op.create_index(
        "ix_requests_due",
        "requests",
        ["due_at"],
        unique=False,
        schema="reviews",
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("options", sa.String(length=255), server_default="", nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), server_default="", nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("replied_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("reports", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("edited_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN status = 'removed' THEN name = '' AND title = '' AND body = '' AND reply IS NULL"
            " ELSE name <> '' END",
            name=op.f("ck_reviews_words"),
        ),
        sa.CheckConstraint(
            "CASE status WHEN 'pending' THEN reason IN ('link', 'word', 'changed') AND reason IS NOT NULL"
            " WHEN 'hidden' THEN reason IN ('spam', 'abuse', 'personal', 'off_topic', 'unlawful')"
            " AND reason IS NOT NULL ELSE reason IS NULL END",
            name=op.f("ck_reviews_reason"),
        ),
        sa.CheckConstraint("status IN ('pending', 'published', 'hidden', 'removed')", name=op.f("ck_reviews_status")),
        sa.CheckConstraint("(reply IS NULL) = (replied_at IS NULL)", name=op.f("ck_reviews_reply")),
        sa.CheckConstraint("length(body) <= 4000 AND length(reply) <= 4000", name=op.f("ck_reviews_length")),
        sa.CheckConstraint("reports >= 0", name=op.f("ck_reviews_reports")),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_reviews_stars")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_reviews_order_id")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog.products.id"], name=op.f("fk_reviews_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("order_id", "product_id", name=op.f("uq_reviews_order_id_product_id")),
        schema="reviews",
    )
    op.create_index(
        "ix_reviews_newest",
        "reviews",
        ["product_id", "created_at", "id"],
        unique=False,
        schema="reviews",
        postgresql_where=sa.text("status = 'published'"),
    )
    op.create_index(
        "ix_reviews_stars",
        "reviews",
        ["product_id", "stars", "created_at", "id"],
        unique=False,
        schema="reviews",
        postgresql_where=sa.text("status = 'published'"),
    )
    op.create_table(
        "reports",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("reporter", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["reviews.reviews.id"], name=op.f("fk_reports_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("review_id", "reporter", name=op.f("pk_reports")),
        schema="reviews",
    )
    settings = sa.table("settings", sa.column("blocked_words", postgresql.ARRAY(sa.Text())), schema="reviews")
    op.bulk_insert(settings, [{"blocked_words": list(BLOCKED_WORDS)}])


def downgrade() -> None:
    op.execute("DROP SCHEMA reviews CASCADE")
