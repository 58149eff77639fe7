"""What the mails of accounts and deliveries need."""

revision = "notification_kinds"
down_revision = "search_facets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
