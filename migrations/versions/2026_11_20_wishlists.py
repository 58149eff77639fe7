"""Tables of wish lists."""

from alembic import op

revision = "wishlists"
down_revision = "accounts_service"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA wishlists")
