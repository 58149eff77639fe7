"""The audit log: append-only entries and the chain that seals them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "audit"
down_revision = "notification_kinds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA audit")
    op.create_table(
        "entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(length=60), server_default="", nullable=False),
        sa.Column("trace_id", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("label", sa.String(length=200), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("hidden", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("is_money", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("undo_kind", sa.String(length=40), nullable=True),
        sa.Column("undoes", sa.Uuid(), nullable=True),
        sa.Column("batch", sa.Uuid(), nullable=True),
        sa.CheckConstraint("jsonb_typeof(changes) = 'object'", name=op.f("ck_entries_changes")),
        sa.CheckConstraint("undoes IS NULL OR undoes <> id", name=op.f("ck_entries_undoes")),
        sa.ForeignKeyConstraint(["undoes"], ["audit.entries.id"], name=op.f("fk_entries_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("undoes", name=op.f("uq_entries_undoes")),
        schema="audit",
    )
    op.create_index("ix_entries_subject", "entries", ["subject_kind", "subject_id", "id"], schema="audit")
    op.create_index("ix_entries_actor", "entries", ["actor_id", "recorded_at", "id"], schema="audit")
    op.create_index("ix_entries_action", "entries", ["action", "recorded_at", "id"], schema="audit")
    op.create_index("ix_entries_recorded_at", "entries", ["recorded_at", "id"], schema="audit")
    in_batches = sa.text("batch IS NOT NULL")
    op.create_index("ix_entries_batch", "entries", ["batch", "id"], schema="audit", postgresql_where=in_batches)
    moves_money = sa.text("is_money")
    op.create_index("ix_entries_money", "entries", ["recorded_at", "id"], schema="audit", postgresql_where=moves_money)
    op.create_index(
        "ix_entries_label",
        "entries",
        ["label"],
        schema="audit",
        postgresql_using="gin",
        postgresql_ops={"label": "gin_trgm_ops"},
    )
    op.create_table(
        "seals",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("previous ~ '^[0-9a-f]{64}$' AND hash ~ '^[0-9a-f]{64}$'", name=op.f("ck_seals_hash")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_seals_position")),
        sa.ForeignKeyConstraint(["entry_id"], ["audit.entries.id"], name=op.f("fk_seals_entry_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_seals")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_seals_entry_id")),
        schema="audit",
    )
    op.create_table(
        "unsealed",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit.entries.id"], name=op.f("fk_unsealed_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_unsealed")),
        schema="audit",
    )

    for table in ("entries", "seals"):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.{table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change()"
        )
    # what was refunded before there was a log stands in it too: from here on every refund has an entry
    op.execute(
        "WITH written AS ("
        " INSERT INTO audit.entries (id, recorded_at, actor_kind, actor_name, trace_id, action, subject_kind,"
        " subject_id, label, changes, is_money)"
        " SELECT gen_random_uuid(), r.created_at, 'system', 'upgrade', repeat('0', 32), 'refund.requested', 'refund',"
        " r.id::text, '', jsonb_build_object('amount', jsonb_build_array(NULL, r.amount_cents),"
        " 'currency', jsonb_build_array(NULL, r.currency)), true FROM payments.refunds r RETURNING id)"
        " INSERT INTO audit.unsealed (entry_id) SELECT id FROM written"
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA audit CASCADE")
