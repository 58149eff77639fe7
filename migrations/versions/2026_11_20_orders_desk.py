"""What staff do with orders: notes, drafts, payment by bank transfer, words to find them by."""

revision = "orders_desk"
down_revision = "invoicing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
