"""An index of those who work here: pages of the back office name them, and must not look among all customers."""

import sqlalchemy as sa
from alembic import op

revision = "accounts_desk"
down_revision = "drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_accounts_staff", "accounts", ["id"], schema="accounts", postgresql_where=sa.text("role <> 'customer'")
    )


def downgrade() -> None:
    op.drop_index("ix_accounts_staff", "accounts", schema="accounts")
