"""The home page's sections, menus, and redirects."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "home_page"
down_revision = "logo"
branch_labels = None
depends_on = None

_NOW = sa.text("kit.now()")


def upgrade() -> None:
    op.create_table(
        "home",
        sa.Column("only_row", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("sections", postgresql.JSONB(), nullable=True),
        sa.Column("draft", postgresql.JSONB(), nullable=True),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.CheckConstraint("only_row", name=op.f("ck_home_one_row")),
        sa.PrimaryKeyConstraint("only_row", name=op.f("pk_home")),
        schema="content",
    )
    op.create_table(
        "menus",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), server_default="", nullable=False),
        sa.Column("links", postgresql.JSONB(), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.CheckConstraint("name IN ('header', 'goods', 'service', 'legal')", name=op.f("ck_menus_name")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_menus")),
        schema="content",
    )
    op.create_table(
        "redirects",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("target", sa.String(length=600), nullable=True),
        sa.Column("page_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.CheckConstraint("path ~ '^/[^/]' AND path !~ '//'", name=op.f("ck_redirects_path")),
        sa.CheckConstraint("target ~ '^/' AND target !~ '^//'", name=op.f("ck_redirects_target")),
        sa.CheckConstraint("(target IS NULL) <> (page_id IS NULL)", name=op.f("ck_redirects_leads_somewhere")),
        sa.CheckConstraint("target <> path", name=op.f("ck_redirects_leads_away")),
        sa.ForeignKeyConstraint(
            ["page_id"], ["content.pages.id"], name=op.f("fk_redirects_page_id_pages"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redirects")),
        sa.UniqueConstraint("path", name=op.f("uq_redirects_path")),
        schema="content",
    )
    op.create_index("ix_redirects_created_at_id", "redirects", ["created_at", "id"], schema="content")
    op.create_index(op.f("ix_redirects_page_id"), "redirects", ["page_id"], schema="content")


def downgrade() -> None:
    op.drop_table("redirects", schema="content")
    op.drop_table("menus", schema="content")
    op.drop_table("home", schema="content")
