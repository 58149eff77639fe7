"""What ranking, slips and suggestions read."""

revision = "search_relevance"
down_revision = "transfer"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
