"""Accounts that serve: what reset, changes of address and closing an account need."""

revision = "accounts_service"
down_revision = "notifications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
