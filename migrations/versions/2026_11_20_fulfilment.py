"""Shipments, their parcels and what happened to them."""

from alembic import op

revision = "fulfilment"
down_revision = "accounts_staff"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA fulfilment")


def downgrade() -> None:
    op.execute("DROP SCHEMA fulfilment")
