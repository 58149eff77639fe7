"""Transfers, purchase orders, counts, alerts."""

revision = "inventory_desk"
down_revision = "returns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
