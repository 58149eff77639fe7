"""The audit log: append-only entries and the chain that seals them."""

from alembic import op

revision = "audit"
down_revision = "notification_kinds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA audit")


def downgrade() -> None:
    op.execute("DROP SCHEMA audit")
