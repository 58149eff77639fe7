"""What staff set: switches of the shop, drafts of its pages, mails in its own words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "settings"
down_revision = "desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "switches",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_switches")),
        schema="store",
    )
    op.add_column("pages", sa.Column("draft", postgresql.JSONB(), nullable=True), schema="content")
    op.create_table(
        "texts",
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=200), server_default="", nullable=False),
        sa.Column("opening", sa.Text(), server_default="", nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("length(opening) <= 2000", name=op.f("ck_texts_opening")),
        sa.PrimaryKeyConstraint("template", name=op.f("pk_texts")),
        schema="notifications",
    )


def downgrade() -> None:
    op.drop_table("texts", schema="notifications")
    op.drop_column("pages", "draft", schema="content")
    op.drop_table("switches", schema="store")
