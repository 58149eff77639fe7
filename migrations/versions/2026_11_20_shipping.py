"""Tables of shipping."""

from alembic import op

revision = "shipping"
down_revision = "pricing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA shipping")


def downgrade() -> None:
    op.execute("DROP SCHEMA shipping CASCADE")
