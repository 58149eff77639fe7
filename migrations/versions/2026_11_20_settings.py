"""What staff set: switches of the shop, and drafts of its pages."""

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


def downgrade() -> None:
    op.drop_column("pages", "draft", schema="content")
    op.drop_table("switches", schema="store")
