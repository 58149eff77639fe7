"""Second factors, recovery codes and fresh passwords of staff; what staff note about customers."""

import sqlalchemy as sa
from alembic import op

revision = "accounts_staff"
down_revision = "audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "sessions", sa.Column("second_factor_at", sa.TIMESTAMP(timezone=True), nullable=True), schema="accounts"
    )
    op.add_column("sessions", sa.Column("acting_as", sa.Uuid(), nullable=True), schema="accounts")
    op.create_foreign_key(
        op.f("fk_sessions_acting_as"),
        "sessions",
        "accounts",
        ["acting_as"],
        ["id"],
        source_schema="accounts",
        referent_schema="accounts",
        ondelete="SET NULL",
    )
    # The newest customers first, page by page.
    op.create_index("ix_accounts_role_created_at", "accounts", ["role", "created_at", "id"], schema="accounts")
    op.create_table(
        "account_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.accounts.id"], name=op.f("fk_account_notes_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["accounts.accounts.id"], name=op.f("fk_account_notes_author_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_notes")),
        schema="accounts",
    )
    op.create_index(
        "ix_account_notes_account_id", "account_notes", ["account_id", "made_at"], unique=False, schema="accounts"
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("last_used_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("octet_length(credential_id) BETWEEN 1 AND 1023", name=op.f("ck_passkeys_credential_id")),
        sa.CheckConstraint("sign_count >= 0", name=op.f("ck_passkeys_sign_count")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.accounts.id"], name=op.f("fk_passkeys_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
        schema="accounts",
    )
    op.create_index("ix_passkeys_account_id", "passkeys", ["account_id"], unique=False, schema="accounts")
    op.create_table(
        "recovery_codes",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("used_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("octet_length(code_hash) = 32", name=op.f("ck_recovery_codes_code_hash")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.accounts.id"], name=op.f("fk_recovery_codes_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_codes")),
        schema="accounts",
    )
    op.create_table(
        "totp_secrets",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("pending", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("secret IS NOT NULL OR pending IS NOT NULL", name=op.f("ck_totp_secrets_secret")),
        sa.CheckConstraint("(secret IS NULL) = (confirmed_at IS NULL)", name=op.f("ck_totp_secrets_confirmed_at")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.accounts.id"], name=op.f("fk_totp_secrets_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_totp_secrets")),
        schema="accounts",
    )
    op.create_table(
        "passkey_challenges",
        sa.Column("session_hash", sa.LargeBinary(), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_hash"],
            ["accounts.sessions.id_hash"],
            name=op.f("fk_passkey_challenges_session_hash"),
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_hash", name=op.f("pk_passkey_challenges")),
        schema="accounts",
    )


def downgrade() -> None:
    for table in ("passkey_challenges", "totp_secrets", "recovery_codes", "passkeys", "account_notes"):
        op.drop_table(table, schema="accounts")
    op.drop_index("ix_accounts_role_created_at", "accounts", schema="accounts")
    op.drop_column("sessions", "acting_as", schema="accounts")
    op.drop_column("sessions", "second_factor_at", schema="accounts")
