"""Tables of payments."""

from alembic import op

revision = "payments"
down_revision = "cart"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA payments")


def downgrade() -> None:
    op.execute("DROP SCHEMA payments CASCADE")
