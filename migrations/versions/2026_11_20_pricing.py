"""Tables of pricing."""

from alembic import op

revision = "pricing"
down_revision = "inventory"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA pricing")


def downgrade() -> None:
    op.execute("DROP SCHEMA pricing CASCADE")
