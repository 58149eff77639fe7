"""Orders that staff write, with the links by which they are paid."""

import sqlalchemy as sa
from alembic import op

revision = "drafts"
down_revision = "home_page"
branch_labels = None
depends_on = None

_NOW = sa.text("kit.now()")


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), sa.Identity(always=True, start=1001), nullable=False),
        sa.Column("checkout_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("link_hash", sa.LargeBinary(), nullable=True),
        sa.Column("link_until", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.CheckConstraint(
            "(link IS NULL) = (link_hash IS NULL) AND (link IS NULL) = (link_until IS NULL)",
            name=op.f("ck_drafts_link"),
        ),
        sa.ForeignKeyConstraint(["checkout_id"], ["checkout.checkouts.id"], name=op.f("fk_drafts_checkout_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.accounts.id"], name=op.f("fk_drafts_account_id")),
        sa.ForeignKeyConstraint(["created_by"], ["accounts.accounts.id"], name=op.f("fk_drafts_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("number", name=op.f("uq_drafts_number")),
        schema="checkout",
    )
    op.create_index("uq_drafts_checkout_id", "drafts", ["checkout_id"], unique=True, schema="checkout")
    op.create_index("uq_drafts_link_hash", "drafts", ["link_hash"], unique=True, schema="checkout")
    op.create_index("ix_drafts_created_at", "drafts", ["created_at", "id"], unique=False, schema="checkout")


def downgrade() -> None:
    op.drop_table("drafts", schema="checkout")
