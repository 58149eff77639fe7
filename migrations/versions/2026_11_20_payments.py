"""Tables of payments: the payment and what was asked for, the mirror of the gateway, the inbox, the ledger."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "payments"
down_revision = "cart"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA payments")
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), server_default="USD", nullable=False),
        sa.Column("method", sa.String(20), nullable=True),
        sa.Column("status", sa.String(20), server_default="pending", nullable=False),
        sa.Column("captured_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("refunding_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("refunded_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("gateway_transaction_id", sa.String(255), nullable=True),
        sa.Column("authorization_code", sa.String(255), nullable=True),
        sa.Column("card_brand", sa.String(40), nullable=True),
        sa.Column("card_last4", sa.String(4), nullable=True),
        sa.Column("gateway_response", postgresql.JSONB(), nullable=True),
        sa.Column("failure_code", sa.String(80), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("authorized_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("captured_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint(
            "CASE status WHEN 'captured' THEN captured_cents > 0 AND refunded_cents = 0 WHEN"
            " 'partially_refunded' THEN refunded_cents > 0 AND refunded_cents < captured_cents WHEN 'refunded'"
            " THEN captured_cents > 0 AND refunded_cents = captured_cents ELSE captured_cents = 0 END",
            name=op.f("ck_payments_status_fits_amounts"),
        ),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_payments_currency")),
        sa.CheckConstraint("method IN ('credit_card', 'debit_card', 'wallet')", name=op.f("ck_payments_method")),
        sa.CheckConstraint(
            "status IN ('pending', 'authorized', 'captured', 'failed', 'cancelled', 'partially_refunded', 'refunded')",
            name=op.f("ck_payments_status"),
        ),
        sa.CheckConstraint(
            "(captured_cents > 0) <= (gateway_transaction_id IS NOT NULL)", name=op.f("ck_payments_captured_where")
        ),
        sa.CheckConstraint("(captured_cents > 0) = (captured_at IS NOT NULL)", name=op.f("ck_payments_captured_at")),
        sa.CheckConstraint(
            "amount_cents > 0 AND amount_cents < 9007199254740992", name=op.f("ck_payments_amount_cents")
        ),
        sa.CheckConstraint(
            "captured_cents BETWEEN 0 AND amount_cents", name=op.f("ck_payments_captured_within_amount")
        ),
        sa.CheckConstraint(
            "refunding_cents >= 0 AND refunded_cents >= 0 AND refunding_cents + refunded_cents <= captured_cents",
            name=op.f("ck_payments_refunded_within_captured"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["accounts.accounts.id"], name=op.f("fk_payments_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("order_id", name=op.f("uq_payments_order_id")),
        schema="payments",
    )
    op.create_index(
        "ix_payments_open",
        "payments",
        ["created_at"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("status IN ('pending', 'authorized')"),
    )
    op.create_index("ix_payments_user_id", "payments", ["user_id"], unique=False, schema="payments")
    op.create_index(
        "uq_payments_gateway_transaction_id", "payments", ["gateway_transaction_id"], unique=True, schema="payments"
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(20), server_default="started", nullable=False),
        sa.Column("intent_id", sa.String(255), nullable=True),
        sa.Column("redirect_url", sa.Text(), nullable=True),
        sa.Column("decline_code", sa.String(80), nullable=True),
        sa.Column("message", sa.String(500), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint(
            "status IN ('started', 'requires_action', 'authorized', 'captured', 'declined', 'failed',"
            " 'superseded', 'voided')",
            name=op.f("ck_attempts_status"),
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempts_number")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.payments.id"], name=op.f("fk_attempts_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("intent_id", name=op.f("uq_attempts_intent_id")),
        sa.UniqueConstraint("payment_id", "number", name=op.f("uq_attempts_payment_id_number")),
        schema="payments",
    )
    op.create_index(
        "ix_attempts_waiting",
        "attempts",
        ["updated_at"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("status IN ('started', 'requires_action')"),
    )
    op.create_index(
        "uq_attempts_live",
        "attempts",
        ["payment_id"],
        unique=True,
        schema="payments",
        postgresql_where=sa.text("status IN ('started', 'requires_action', 'authorized', 'captured')"),
    )
    op.create_table(
        "captures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("intent_id", sa.String(255), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("status", sa.String(20), server_default="pending", nullable=False),
        sa.Column("failure_code", sa.String(80), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("finished_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'pending') = (finished_at IS NULL)", name=op.f("ck_captures_finished_at")),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_captures_currency")),
        sa.CheckConstraint("status IN ('pending', 'succeeded', 'failed')", name=op.f("ck_captures_status")),
        sa.CheckConstraint(
            "amount_cents > 0 AND amount_cents < 9007199254740992", name=op.f("ck_captures_amount_cents")
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["payments.attempts.id"], name=op.f("fk_captures_attempt_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.payments.id"], name=op.f("fk_captures_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captures")),
        schema="payments",
    )
    op.create_index("ix_captures_attempt_id", "captures", ["attempt_id"], unique=False, schema="payments")
    op.create_index(
        "ix_captures_pending",
        "captures",
        ["created_at"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "uq_captures_live",
        "captures",
        ["payment_id"],
        unique=True,
        schema="payments",
        postgresql_where=sa.text("status IN ('pending', 'succeeded')"),
    )
    op.create_table(
        "voids",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("intent_id", sa.String(255), nullable=False),
        sa.Column("status", sa.String(20), server_default="pending", nullable=False),
        sa.Column("failure_code", sa.String(80), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("finished_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'pending') = (finished_at IS NULL)", name=op.f("ck_voids_finished_at")),
        sa.CheckConstraint("status IN ('pending', 'succeeded', 'failed')", name=op.f("ck_voids_status")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.payments.id"], name=op.f("fk_voids_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voids")),
        schema="payments",
    )
    op.create_index("ix_voids_payment_id", "voids", ["payment_id"], unique=False, schema="payments")
    op.create_index(
        "ix_voids_pending",
        "voids",
        ["created_at"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "uq_voids_live",
        "voids",
        ["intent_id"],
        unique=True,
        schema="payments",
        postgresql_where=sa.text("status IN ('pending', 'succeeded')"),
    )
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("request_key", sa.String(120), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("reason", sa.String(500), server_default="", nullable=False),
        sa.Column("status", sa.String(20), server_default="pending", nullable=False),
        sa.Column("gateway_refund_id", sa.String(255), nullable=True),
        sa.Column("failure_code", sa.String(80), nullable=True),
        sa.Column("requested_by", sa.String(60), server_default="", nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("processed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'processed') <= (processed_at IS NOT NULL)", name=op.f("ck_refunds_processed_at")
        ),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_refunds_currency")),
        sa.CheckConstraint("status IN ('pending', 'processed', 'failed')", name=op.f("ck_refunds_status")),
        sa.CheckConstraint(
            "amount_cents > 0 AND amount_cents < 9007199254740992", name=op.f("ck_refunds_amount_cents")
        ),
        sa.CheckConstraint("length(reason) <= 500", name=op.f("ck_refunds_reason")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.payments.id"], name=op.f("fk_refunds_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("gateway_refund_id", name=op.f("uq_refunds_gateway_refund_id")),
        sa.UniqueConstraint("payment_id", "request_key", name=op.f("uq_refunds_payment_id_request_key")),
        schema="payments",
    )
    op.create_index(
        "ix_refunds_pending",
        "refunds",
        ["created_at"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_table(
        "gateway_intents",
        sa.Column("intent_id", sa.String(255), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("amount_capturable", sa.BigInteger(), nullable=False),
        sa.Column("amount_received", sa.BigInteger(), nullable=False),
        sa.Column("amount_refunded", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("charge", sa.String(255), nullable=True),
        sa.Column("quarantine_reason", sa.String(500), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("observed_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("stage BETWEEN 0 AND 2", name=op.f("ck_gateway_intents_stage")),
        sa.PrimaryKeyConstraint("intent_id", name=op.f("pk_gateway_intents")),
        schema="payments",
    )
    op.create_index(
        "ix_gateway_intents_open",
        "gateway_intents",
        ["payment_id"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("stage < 2"),
    )
    op.create_index("ix_gateway_intents_payment_id", "gateway_intents", ["payment_id"], unique=False, schema="payments")
    op.create_table(
        "gateway_refunds",
        sa.Column("gateway_refund_id", sa.String(255), nullable=False),
        sa.Column("intent_id", sa.String(255), nullable=True),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("failure_reason", sa.String(255), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("observed_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("stage BETWEEN 0 AND 2", name=op.f("ck_gateway_refunds_stage")),
        sa.PrimaryKeyConstraint("gateway_refund_id", name=op.f("pk_gateway_refunds")),
        schema="payments",
    )
    op.create_index("ix_gateway_refunds_intent_id", "gateway_refunds", ["intent_id"], unique=False, schema="payments")
    op.create_table(
        "webhook_events",
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("type", sa.String(80), nullable=False),
        sa.Column("object_type", sa.String(40), nullable=False),
        sa.Column("object_id", sa.String(255), nullable=False),
        sa.Column("intent_id", sa.String(255), nullable=True),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("status", sa.String(20), server_default="pending", nullable=False),
        sa.Column("outcome", sa.String(60), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("available_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_error", sa.String(500), nullable=True),
        sa.Column("quarantine_reason", sa.String(500), nullable=True),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("processed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'processed') = (processed_at IS NOT NULL)", name=op.f("ck_webhook_events_processed_at")
        ),
        sa.CheckConstraint(
            "(status = 'quarantined') = (quarantine_reason IS NOT NULL)",
            name=op.f("ck_webhook_events_quarantine_reason"),
        ),
        sa.CheckConstraint("status IN ('pending', 'processed', 'quarantined')", name=op.f("ck_webhook_events_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_events")),
        schema="payments",
    )
    op.create_index(
        "ix_webhook_events_due",
        "webhook_events",
        ["available_at"],
        unique=False,
        schema="payments",
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index("ix_webhook_events_intent_id", "webhook_events", ["intent_id"], unique=False, schema="payments")
    op.create_table(
        "ledger_transactions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(200), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('capture', 'refund', 'refund_returned')", name=op.f("ck_ledger_transactions_kind")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.payments.id"], name=op.f("fk_ledger_transactions_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transactions")),
        sa.UniqueConstraint("cause", name=op.f("uq_ledger_transactions_cause")),
        schema="payments",
    )
    op.create_index(
        "ix_ledger_transactions_order_id", "ledger_transactions", ["order_id"], unique=False, schema="payments"
    )
    op.create_index(
        "ix_ledger_transactions_payment_id", "ledger_transactions", ["payment_id"], unique=False, schema="payments"
    )
    op.create_table(
        "ledger_entries",
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.CheckConstraint(
            "account IN ('gateway_clearing', 'customer_orders', 'refunds')", name=op.f("ck_ledger_entries_account")
        ),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_ledger_entries_currency")),
        sa.CheckConstraint("amount <> 0 AND abs(amount) < 9007199254740992", name=op.f("ck_ledger_entries_amount")),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["payments.ledger_transactions.id"], name=op.f("fk_ledger_entries_transaction_id")
        ),
        sa.PrimaryKeyConstraint("transaction_id", "position", name=op.f("pk_ledger_entries")),
        schema="payments",
    )
    op.create_index(
        "ix_ledger_entries_account", "ledger_entries", ["account", "currency"], unique=False, schema="payments"
    )
    op.execute(
        """
        CREATE FUNCTION payments.guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.status <> 'pending' THEN
                    RAISE EXCEPTION 'a payment begins pending, not %', NEW.status
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_payments_transition';
                END IF;
                RETURN NEW;
            END IF;
            IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
                ('pending', 'authorized'), ('pending', 'captured'), ('pending', 'failed'), ('pending', 'cancelled'),
                ('authorized', 'captured'), ('authorized', 'pending'),
                ('captured', 'partially_refunded'), ('captured', 'refunded'),
                ('partially_refunded', 'refunded'), ('partially_refunded', 'captured'),
                ('refunded', 'partially_refunded'), ('refunded', 'captured'),
                ('failed', 'captured'), ('cancelled', 'captured')
            ) THEN
                RAISE EXCEPTION 'a payment cannot go from % to %', OLD.status, NEW.status
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_payments_transition';
            END IF;
            IF (NEW.order_id, NEW.amount_cents, NEW.currency) IS DISTINCT FROM
               (OLD.order_id, OLD.amount_cents, OLD.currency) OR NEW.captured_cents < OLD.captured_cents THEN
                RAISE EXCEPTION 'what a payment is for does not change, and what was captured stays captured'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_payments_fixed';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON payments.payments"
        " FOR EACH ROW EXECUTE FUNCTION payments.guard_payment()"
    )
    op.execute(
        """
        CREATE FUNCTION payments.guard_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            entries bigint;
            off_by record;
        BEGIN
            SELECT count(*) INTO entries FROM payments.ledger_entries WHERE transaction_id = NEW.id;
            IF entries < 2 THEN
                RAISE EXCEPTION 'ledger transaction % has % entries', NEW.id, entries
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_ledger_balanced';
            END IF;
            SELECT currency, sum(amount) AS rest INTO off_by FROM payments.ledger_entries
                WHERE transaction_id = NEW.id GROUP BY currency HAVING sum(amount) <> 0 LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'ledger transaction % is off by % %', NEW.id, off_by.rest, off_by.currency
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_ledger_balanced';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION payments.guard_ledger_entry() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            off_by record;
        BEGIN
            SELECT currency, sum(amount) AS rest INTO off_by FROM payments.ledger_entries
                WHERE transaction_id = NEW.transaction_id GROUP BY currency HAVING sum(amount) <> 0 LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'ledger transaction % is off by % %', NEW.transaction_id, off_by.rest, off_by.currency
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_ledger_balanced';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        "CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON payments.ledger_transactions"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.guard_ledger()"
    )
    op.execute(
        "CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON payments.ledger_entries"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.guard_ledger_entry()"
    )
    op.execute(
        """
        CREATE FUNCTION payments.ring_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('webhooks', '');
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER ring AFTER INSERT ON payments.webhook_events"
        " FOR EACH STATEMENT EXECUTE FUNCTION payments.ring_webhooks()"
    )
    for table in ("ledger_transactions", "ledger_entries"):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payments.{table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change()"
        )


def downgrade() -> None:
    op.execute("DROP SCHEMA payments CASCADE")
