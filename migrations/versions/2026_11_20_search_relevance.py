"""What ranking, slips and suggestions read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "search_relevance"
down_revision = "transfer"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Documents are of form 0 until the worker has made them anew; until then they are found, only not ranked as well.
    op.add_column(
        "documents",
        sa.Column("vocabulary", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        schema="search",
    )
    op.add_column(
        "documents", sa.Column("form", sa.SmallInteger(), server_default="0", nullable=False), schema="search"
    )
    # Words are looked at whenever a document is matched or ranked: out of line, that took 60 times as long.
    op.execute("ALTER TABLE search.documents SET (toast_tuple_target = 8160)")
    op.execute("DELETE FROM search.terms")  # they come back, counted, with the documents
    op.add_column("terms", sa.Column("documents", sa.Integer(), server_default="0", nullable=False), schema="search")
    op.create_index(
        "ix_terms_beginning", "terms", ["word"], schema="search", postgresql_ops={"word": "text_pattern_ops"}
    )


def downgrade() -> None:
    op.drop_index("ix_terms_beginning", "terms", schema="search")
    op.drop_column("terms", "documents", schema="search")
    op.execute("ALTER TABLE search.documents RESET (toast_tuple_target)")
    op.drop_column("documents", "form", schema="search")
    op.drop_column("documents", "vocabulary", schema="search")
