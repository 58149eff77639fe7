"""Returns and refunds by line."""

from alembic import op

revision = "returns"
down_revision = "orders_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA returns")


def downgrade() -> None:
    op.execute("DROP SCHEMA returns")
