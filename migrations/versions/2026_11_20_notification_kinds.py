"""Where customers' answers to mails go."""

import sqlalchemy as sa
from alembic import op

revision = "notification_kinds"
down_revision = "search_facets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "shop", sa.Column("reply_email", sa.String(length=255), server_default="", nullable=False), schema="store"
    )


def downgrade() -> None:
    op.drop_column("shop", "reply_email", schema="store")
