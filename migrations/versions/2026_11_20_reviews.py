"""Tables of reviews."""

from alembic import op

revision = "reviews"
down_revision = "content"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA reviews")
