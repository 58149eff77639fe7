"""Second factors, recovery codes and fresh passwords of staff."""

revision = "accounts_staff"
down_revision = "audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
