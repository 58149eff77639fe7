"""Tables of the shop's pages and messages, and the shop's own sentence."""

import sqlalchemy as sa
from alembic import op

revision = "content"
down_revision = "wishlists"
branch_labels = None
depends_on = None

_NOW = sa.text("kit.now()")


def upgrade() -> None:
    op.execute("CREATE SCHEMA content")
    op.create_table(
        "pages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=150), nullable=False),
        sa.Column("description", sa.String(length=200), server_default="", nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), server_default="text", nullable=False),
        sa.Column("menu", sa.String(length=20), server_default="none", nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_published", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_pages_slug")),
        sa.CheckConstraint("title <> ''", name=op.f("ck_pages_title")),
        sa.CheckConstraint("kind IN ('text', 'delivery', 'contact')", name=op.f("ck_pages_kind")),
        sa.CheckConstraint("menu IN ('service', 'legal', 'none')", name=op.f("ck_pages_menu")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("slug", name=op.f("uq_pages_slug")),
        schema="content",
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("order_number", sa.String(length=40), server_default="", nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        schema="content",
    )
    op.create_index(op.f("ix_messages_created_at"), "messages", ["created_at"], unique=False, schema="content")
    op.add_column(
        "shop", sa.Column("tagline", sa.String(length=200), server_default="", nullable=False), schema="store"
    )


def downgrade() -> None:
    op.drop_column("shop", "tagline", schema="store")
    op.execute("DROP SCHEMA content CASCADE")
