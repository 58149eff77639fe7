"""Accounts that serve: what reset, changes of address and closing an account need."""

import sqlalchemy as sa
from alembic import op

revision = "accounts_service"
down_revision = "notifications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "email_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("old_email", sa.Text(), nullable=False),
        sa.Column("old_email_hash", sa.LargeBinary(), nullable=False),
        sa.Column("new_email", sa.Text(), nullable=False),
        sa.Column("new_email_hash", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("confirmed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("octet_length(old_email_hash) = 32", name=op.f("ck_email_changes_old_email_hash")),
        sa.CheckConstraint("octet_length(new_email_hash) = 32", name=op.f("ck_email_changes_new_email_hash")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.accounts.id"], name="fk_email_changes_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_email_changes"),
        schema="accounts",
    )
    op.create_index("ix_email_changes_account_id", "email_changes", ["account_id"], schema="accounts")
    op.create_index(
        "uq_email_changes_open",
        "email_changes",
        ["account_id"],
        unique=True,
        schema="accounts",
        postgresql_where=sa.text("confirmed_at IS NULL AND stopped_at IS NULL"),
    )
    op.create_table(
        "log_in_tries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_hash", sa.LargeBinary(), nullable=True),
        sa.Column("client", sa.String(length=80), nullable=False),
        sa.Column("tried_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("failed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_in_tries"),
        schema="accounts",
    )
    op.create_index("ix_log_in_tries_account_hash", "log_in_tries", ["account_hash", "tried_at"], schema="accounts")
    op.create_index("ix_log_in_tries_client", "log_in_tries", ["client", "tried_at"], schema="accounts")
    op.create_index("ix_log_in_tries_tried_at", "log_in_tries", ["tried_at"], schema="accounts")
    op.add_column(
        "sessions", sa.Column("device", sa.String(length=60), server_default="", nullable=False), schema="accounts"
    )
    op.add_column("tokens", sa.Column("email_change_id", sa.Uuid(), nullable=True), schema="accounts")
    op.create_foreign_key(
        "fk_tokens_email_change_id",
        "tokens",
        "email_changes",
        ["email_change_id"],
        ["id"],
        source_schema="accounts",
        referent_schema="accounts",
        ondelete="CASCADE",
    )
    op.drop_constraint(op.f("ck_tokens_purpose"), "tokens", schema="accounts", type_="check")
    op.create_check_constraint(
        op.f("ck_tokens_purpose"),
        "tokens",
        "purpose IN ('verify_email', 'set_password', 'reset_password', 'change_email', 'keep_email')",
        schema="accounts",
    )
    # A closed account keeps its address, and a new account may have the same.
    op.create_index("ix_accounts_email_hash", "accounts", ["email_hash"], schema="accounts")
    op.drop_constraint(op.f("uq_accounts_email_hash"), "accounts", schema="accounts", type_="unique")
    op.create_index(
        "uq_accounts_email_hash",
        "accounts",
        ["email_hash"],
        unique=True,
        schema="accounts",
        postgresql_where=sa.text("account_status <> 'deactivated'"),
    )


def downgrade() -> None:
    op.drop_index("uq_accounts_email_hash", "accounts", schema="accounts")
    op.drop_index("ix_accounts_email_hash", "accounts", schema="accounts")
    op.create_unique_constraint(op.f("uq_accounts_email_hash"), "accounts", ["email_hash"], schema="accounts")
    op.execute("DELETE FROM accounts.tokens WHERE purpose IN ('reset_password', 'change_email', 'keep_email')")
    op.drop_constraint(op.f("ck_tokens_purpose"), "tokens", schema="accounts", type_="check")
    op.create_check_constraint(
        op.f("ck_tokens_purpose"), "tokens", "purpose IN ('verify_email', 'set_password')", schema="accounts"
    )
    op.drop_column("tokens", "email_change_id", schema="accounts")
    op.drop_column("sessions", "device", schema="accounts")
    op.drop_table("log_in_tries", schema="accounts")
    op.drop_table("email_changes", schema="accounts")
