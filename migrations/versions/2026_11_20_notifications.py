"""Tables of notifications: the log of messages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "notifications"
down_revision = "search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA notifications")
    op.create_table(
        "notifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=10), server_default="email", nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("template_name", sa.String(length=100), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("trace_id", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=10), server_default="queued", nullable=False),
        sa.Column("retry_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("leased_until", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("failure_reason", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("audience IN ('customer', 'merchant')", name=op.f("ck_notifications_audience")),
        sa.CheckConstraint("channel IN ('email', 'sms', 'push')", name=op.f("ck_notifications_channel")),
        sa.CheckConstraint(
            "status <> 'failed' OR failure_reason IS NOT NULL", name=op.f("ck_notifications_failure_reason")
        ),
        sa.CheckConstraint("status <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_notifications_sent_at")),
        sa.CheckConstraint("status IN ('queued', 'sent', 'failed', 'bounced')", name=op.f("ck_notifications_status")),
        sa.CheckConstraint("retry_count >= 0", name=op.f("ck_notifications_retry_count")),
        sa.ForeignKeyConstraint(["event_id"], ["kit.events.id"], name="fk_notifications_event_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notifications"),
        sa.UniqueConstraint(
            "event_id", "template_name", "audience", name="uq_notifications_event_id_template_name_audience"
        ),
        schema="notifications",
    )
    op.create_index(
        "ix_notifications_due",
        "notifications",
        ["next_try_at"],
        unique=False,
        schema="notifications",
        postgresql_where=sa.text("status = 'queued'"),
    )
    op.create_index("ix_notifications_order_id", "notifications", ["order_id"], unique=False, schema="notifications")
    op.create_index("ix_notifications_user_id", "notifications", ["user_id"], unique=False, schema="notifications")


def downgrade() -> None:
    op.execute("DROP SCHEMA notifications CASCADE")
