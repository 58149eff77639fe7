"""Tables of cart."""

from alembic import op

revision = "cart"
down_revision = "shipping"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA cart")


def downgrade() -> None:
    op.execute("DROP SCHEMA cart CASCADE")
