"""Tables of accounts: people, addresses, sessions, single-use links."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "accounts"
down_revision = "store"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA accounts")
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_hash", sa.LargeBinary(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("role", sa.String(length=20), server_default="customer", nullable=False),
        sa.Column("account_status", sa.String(length=20), server_default="active", nullable=False),
        sa.Column("email_verified", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "preferences",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint(
            "account_status IN ('active', 'suspended', 'deactivated')", name=op.f("ck_accounts_account_status")
        ),
        sa.CheckConstraint("left(password_hash, 10) = '$argon2id$'", name=op.f("ck_accounts_password_hash")),
        sa.CheckConstraint(
            "role IN ('customer', 'owner', 'manager', 'support', 'warehouse', 'finance', 'marketing')",
            name=op.f("ck_accounts_role"),
        ),
        sa.CheckConstraint("octet_length(email_hash) = 32", name=op.f("ck_accounts_email_hash")),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("email_hash", name="uq_accounts_email_hash"),
        schema="accounts",
    )
    op.create_index("ix_accounts_role", "accounts", ["role"], unique=False, schema="accounts")
    op.create_table(
        "account_words",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("word_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.accounts.id"], name="fk_account_words_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "word_hash", name="pk_account_words"),
        schema="accounts",
    )
    op.create_index("ix_account_words_word_hash", "account_words", ["word_hash"], unique=False, schema="accounts")
    op.create_table(
        "addresses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=10), server_default="home", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("street_line_1", sa.Text(), nullable=False),
        sa.Column("street_line_2", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=100), server_default="", nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("country_code", sa.String(length=2), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("is_default", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("country_code ~ '^[A-Z]{2}$'", name=op.f("ck_addresses_country_code")),
        sa.CheckConstraint("label IN ('home', 'work', 'other')", name=op.f("ck_addresses_label")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.accounts.id"], name="fk_addresses_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_addresses"),
        schema="accounts",
    )
    op.create_index("ix_addresses_account_id", "addresses", ["account_id"], unique=False, schema="accounts")
    op.create_index(
        "uq_addresses_default",
        "addresses",
        ["account_id"],
        unique=True,
        schema="accounts",
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "sessions",
        sa.Column("id_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("last_seen_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("authenticated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_sessions_expires_at")),
        sa.CheckConstraint("octet_length(id_hash) = 32", name=op.f("ck_sessions_id_hash")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.accounts.id"], name="fk_sessions_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id_hash", name="pk_sessions"),
        schema="accounts",
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"], unique=False, schema="accounts")
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"], unique=False, schema="accounts")
    op.create_table(
        "tokens",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("email_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("used_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("purpose IN ('verify_email', 'set_password')", name=op.f("ck_tokens_purpose")),
        sa.CheckConstraint("octet_length(token_hash) = 32", name=op.f("ck_tokens_token_hash")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.accounts.id"], name="fk_tokens_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_tokens"),
        schema="accounts",
    )
    op.create_index("ix_tokens_account_id", "tokens", ["account_id", "purpose"], unique=False, schema="accounts")
    # domains.accounts.states.TRANSITIONS, repeated where nothing can go round it.
    op.execute(
        """
        CREATE FUNCTION accounts.check_status() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (OLD.account_status, NEW.account_status) NOT IN (
                ('active', 'suspended'), ('active', 'deactivated'),
                ('suspended', 'active'), ('suspended', 'deactivated'))
            THEN
                RAISE EXCEPTION 'an account cannot go from % to %', OLD.account_status, NEW.account_status
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER check_status BEFORE UPDATE OF account_status ON accounts.accounts FOR EACH ROW"
        " WHEN (OLD.account_status IS DISTINCT FROM NEW.account_status) EXECUTE FUNCTION accounts.check_status()"
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA accounts CASCADE")
