"""What staff edit of the catalogue; digital goods."""

revision = "catalog_desk"
down_revision = "inventory_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
