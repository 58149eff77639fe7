"""Tables of search."""

from alembic import op

revision = "search"
down_revision = "checkout"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA search")


def downgrade() -> None:
    op.execute("DROP SCHEMA search CASCADE")
