"""Tables of the shop's pages and messages."""

from alembic import op

revision = "content"
down_revision = "wishlists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA content")
