"""Tables of orders."""

from alembic import op

revision = "orders"
down_revision = "payments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA orders")


def downgrade() -> None:
    op.execute("DROP SCHEMA orders CASCADE")
