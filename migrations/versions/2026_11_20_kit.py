"""Tables of the kit: the clock, events and their delivery, idempotency keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "kit"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA kit")
    op.create_table(
        "environment",
        sa.Column("only_row", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("kind", sa.String(20), server_default="production", nullable=False),
        sa.Column("clock_offset", sa.Interval(), server_default=sa.text("interval '0'"), nullable=False),
        sa.CheckConstraint("only_row", name=op.f("ck_environment_one_row")),
        sa.CheckConstraint("kind IN ('production', 'demo', 'test')", name=op.f("ck_environment_kind")),
        sa.CheckConstraint(
            "kind <> 'production' OR clock_offset = interval '0'", name=op.f("ck_environment_real_clock")
        ),
        sa.PrimaryKeyConstraint("only_row", name="pk_environment"),
        schema="kit",
    )
    op.execute("INSERT INTO kit.environment DEFAULT VALUES")
    op.execute(
        """
        CREATE FUNCTION kit.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
            SELECT now() + coalesce((SELECT clock_offset FROM kit.environment WHERE kind IN ('demo', 'test')),
                                    interval '0')
        $$
        """
    )
    op.create_table(
        "streams",
        sa.Column("stream", sa.String(40), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "stream_id", name="pk_streams"),
        schema="kit",
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.String(40), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(60), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("actor_kind", sa.String(20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(60), server_default="", nullable=False),
        sa.Column("trace_id", sa.String(32), nullable=False),
        sa.Column("cause", sa.String(200), nullable=True),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("stream", "stream_id", "version", name="uq_events_stream_stream_id_version"),
        schema="kit",
    )
    op.create_index("uq_events_cause", "events", ["stream", "stream_id", "type", "cause"], unique=True, schema="kit",
                    postgresql_where=sa.text("cause IS NOT NULL"))  # fmt: skip
    op.create_index("ix_events_type_recorded_at", "events", ["type", "recorded_at"], schema="kit")
    op.create_index("ix_events_trace_id", "events", ["trace_id"], schema="kit")
    op.execute(
        """
        CREATE FUNCTION kit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kit.events"
        " FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change()"
    )
    op.create_table(
        "outbox",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["kit.events.id"], name="fk_outbox_event_id"),
        sa.PrimaryKeyConstraint("event_id", name="pk_outbox"),
        schema="kit",
    )
    op.create_index("ix_outbox_position", "outbox", ["position"], schema="kit")
    op.execute(
        """
        CREATE FUNCTION kit.ring_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_notify('outbox', '');
            RETURN NULL;
        END $$
        """
    )
    op.execute("CREATE TRIGGER ring AFTER INSERT ON kit.outbox FOR EACH STATEMENT EXECUTE FUNCTION kit.ring_outbox()")
    op.create_table(
        "subscriptions",
        sa.Column("subscriber", sa.String(60), nullable=False),
        sa.Column("event_type", sa.String(60), nullable=False),
        sa.Column("since", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("subscriber", "event_type", name="pk_subscriptions"),
        schema="kit",
    )
    op.create_table(
        "deliveries",
        sa.Column("subscriber", sa.String(60), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("stream", sa.String(40), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), server_default="pending", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("available_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("done_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("state IN ('pending', 'done', 'dead')", name=op.f("ck_deliveries_state")),
        sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f("ck_deliveries_done_at")),
        sa.ForeignKeyConstraint(["event_id"], ["kit.events.id"], name="fk_deliveries_event_id"),
        sa.PrimaryKeyConstraint("subscriber", "event_id", name="pk_deliveries"),
        schema="kit",
    )
    pending = {"postgresql_where": sa.text("state = 'pending'"), "schema": "kit"}
    op.create_index("ix_deliveries_due", "deliveries", ["subscriber", "position"], **pending)
    op.create_index("ix_deliveries_stream", "deliveries", ["subscriber", "stream", "stream_id", "version"], **pending)
    op.create_index("ix_deliveries_event_id", "deliveries", ["event_id"], schema="kit")
    op.create_table(
        "idempotency_keys",
        sa.Column("scope", sa.String(120), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("answer", postgresql.JSONB(), nullable=True),
        sa.Column("locked_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("completed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("scope", "key", name="pk_idempotency_keys"),
        schema="kit",
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA kit CASCADE")
