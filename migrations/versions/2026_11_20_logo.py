"""The shop's logo: a picture of the catalogue's store, shown in place of the name."""

import sqlalchemy as sa
from alembic import op

revision = "logo"
down_revision = "reconciliation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shop", sa.Column("logo_id", sa.Uuid(), nullable=True), schema="store")
