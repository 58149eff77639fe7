"""Tables of notifications."""

from alembic import op

revision = "notifications"
down_revision = "search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA notifications")


def downgrade() -> None:
    op.execute("DROP SCHEMA notifications CASCADE")
