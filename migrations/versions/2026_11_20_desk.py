"""Saved views of lists."""

from alembic import op

revision = "desk"
down_revision = "catalog_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA desk")


def downgrade() -> None:
    op.execute("DROP SCHEMA desk")
