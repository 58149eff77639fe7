"""Tables of accounts."""

from alembic import op

revision = "accounts"
down_revision = "store"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA accounts")


def downgrade() -> None:
    op.execute("DROP SCHEMA accounts CASCADE")
