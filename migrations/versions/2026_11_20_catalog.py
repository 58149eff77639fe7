"""Tables of catalog."""

from alembic import op

revision = "catalog"
down_revision = "accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA catalog")


def downgrade() -> None:
    op.execute("DROP SCHEMA catalog CASCADE")
