"""Invoices and credit notes with gapless numbers."""

from alembic import op

revision = "invoicing"
down_revision = "fulfilment"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA invoicing")


def downgrade() -> None:
    op.execute("DROP SCHEMA invoicing")
