"""What filters and their counts read."""

revision = "search_facets"
down_revision = "search_relevance"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
