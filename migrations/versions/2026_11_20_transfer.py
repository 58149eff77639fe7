"""Tables of imports."""

from alembic import op

revision = "transfer"
down_revision = "reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA transfer")
