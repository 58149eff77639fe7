"""Each day of the payment service's list as it was held against ours, and what differs; the ledger by its moments."""

import sqlalchemy as sa
from alembic import op

revision = "reconciliation"
down_revision = "reports"
branch_labels = None
depends_on = None

_NOW = sa.text("kit.now()")


def upgrade() -> None:
    op.create_index("ix_ledger_transactions_recorded_at", "ledger_transactions", ["recorded_at"], schema="payments")
    op.create_table(
        "comparisons",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("their_payments", sa.Integer(), nullable=False),
        sa.Column("their_taken", sa.BigInteger(), nullable=False),
        sa.Column("our_payments", sa.Integer(), nullable=False),
        sa.Column("our_taken", sa.BigInteger(), nullable=False),
        sa.Column("their_refunds", sa.Integer(), nullable=False),
        sa.Column("their_refunded", sa.BigInteger(), nullable=False),
        sa.Column("our_refunds", sa.Integer(), nullable=False),
        sa.Column("our_refunded", sa.BigInteger(), nullable=False),
        sa.Column("compared_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_comparisons_currency")),
        sa.PrimaryKeyConstraint("day", "currency", name=op.f("pk_comparisons")),
        schema="payments",
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("theirs", sa.BigInteger(), nullable=False),
        sa.Column("ours", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.String(length=500), server_default="", nullable=False),
        sa.Column("found_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("found_again_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("looked_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("looked_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=500), server_default="", nullable=False),
        sa.CheckConstraint(
            "kind IN ('payment_unknown', 'payment_differs', 'payment_missing', 'payment_held_back', 'refund_unknown',"
            " 'refund_differs', 'refund_missing')",
            name=op.f("ck_findings_kind"),
        ),
        sa.CheckConstraint("(looked_at IS NULL) = (looked_by IS NULL)", name=op.f("ck_findings_looked_by")),
        sa.CheckConstraint("length(note) <= 500", name=op.f("ck_findings_note")),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_findings_currency")),
        sa.ForeignKeyConstraint(["looked_by"], ["accounts.accounts.id"], name=op.f("fk_findings_looked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("kind", "reference", name=op.f("uq_findings_kind_reference")),
        schema="payments",
    )
    op.create_index("ix_findings_day", "findings", ["day", "id"], schema="payments")
    op.create_index(
        "ix_findings_open",
        "findings",
        ["day"],
        schema="payments",
        postgresql_where=sa.text("looked_at IS NULL AND ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("findings", schema="payments")
    op.drop_table("comparisons", schema="payments")
    op.drop_index("ix_ledger_transactions_recorded_at", "ledger_transactions", schema="payments")
