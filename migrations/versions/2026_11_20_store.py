"""Tables of store."""

from alembic import op

revision = "store"
down_revision = "kit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA store")


def downgrade() -> None:
    op.execute("DROP SCHEMA store CASCADE")
