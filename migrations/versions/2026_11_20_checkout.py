"""Tables of checkout."""

from alembic import op

revision = "checkout"
down_revision = "orders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA checkout")


def downgrade() -> None:
    op.execute("DROP SCHEMA checkout CASCADE")
