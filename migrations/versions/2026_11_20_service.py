"""Messages that are answered, mails whose failures are told, and what staff find them and reviews by."""

import sqlalchemy as sa
from alembic import op

revision = "service"
down_revision = "settings"
branch_labels = None
depends_on = None

_NOW = sa.text("kit.now()")


def upgrade() -> None:
    op.add_column("messages", sa.Column("email_hash", sa.LargeBinary(), nullable=True), schema="content")
    op.add_column(
        "messages", sa.Column("state", sa.String(length=20), server_default="open", nullable=False), schema="content"
    )
    op.add_column("messages", sa.Column("settled_at", sa.TIMESTAMP(timezone=True), nullable=True), schema="content")
    for name, rule in _RULES.items():
        op.create_check_constraint(op.f(f"ck_messages_{name}"), "messages", rule, schema="content")
    op.create_table(
        "answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["content.messages.id"], name=op.f("fk_answers_message_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        schema="content",
    )
    op.add_column("notifications", sa.Column("recipient_hash", sa.LargeBinary(), nullable=True), schema="notifications")
    op.add_column(
        "notifications", sa.Column("settled_at", sa.TIMESTAMP(timezone=True), nullable=True), schema="notifications"
    )
    op.create_table(
        "failed_tries",
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tried_at", sa.TIMESTAMP(timezone=True), server_default=_NOW, nullable=False),
        sa.ForeignKeyConstraint(
            ["notification_id"],
            ["notifications.notifications.id"],
            name=op.f("fk_failed_tries_notification_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("notification_id", "number", name=op.f("pk_failed_tries")),
        schema="notifications",
    )
    op.drop_index("ix_messages_created_at", "messages", schema="content")
    op.drop_index("ix_notifications_failed", "notifications", schema="notifications")
    for schema, table, name, columns, which in _INDEXES:
        where = sa.text(which) if which else None
        op.create_index(name, table, columns, schema=schema, postgresql_where=where)


def downgrade() -> None:
    for schema, table, name, _columns, _which in _INDEXES:
        op.drop_index(name, table, schema=schema)
    op.create_index(
        "ix_notifications_failed",
        "notifications",
        ["created_at"],
        schema="notifications",
        postgresql_where=sa.text("status IN ('failed', 'bounced')"),
    )
    op.create_index("ix_messages_created_at", "messages", ["created_at"], schema="content")
    op.drop_table("failed_tries", schema="notifications")
    op.drop_column("notifications", "settled_at", schema="notifications")
    op.drop_column("notifications", "recipient_hash", schema="notifications")
    op.drop_table("answers", schema="content")
    for name in _RULES:
        op.drop_constraint(op.f(f"ck_messages_{name}"), "messages", schema="content", type_="check")
    for column in ("settled_at", "state", "email_hash"):
        op.drop_column("messages", column, schema="content")


_RULES = {
    "state": "state IN ('open', 'answered', 'closed')",
    "settled_at": "(state = 'open') = (settled_at IS NULL)",
}
_PLACE = ["created_at", "id"]
_FAILED = "status IN ('failed', 'bounced') AND settled_at IS NULL"
_MAILS = ("notifications", "notifications")
_INDEXES: tuple[tuple[str, str, str, list[str], str], ...] = (
    ("content", "messages", "ix_messages_created_at_id", _PLACE, ""),
    ("content", "messages", "ix_messages_open", _PLACE, "state = 'open'"),
    ("content", "messages", "ix_messages_settled_at", ["settled_at"], "settled_at IS NOT NULL"),
    ("content", "messages", "ix_messages_email_hash", ["email_hash", "created_at"], ""),
    ("content", "messages", "ix_messages_order_number", ["order_number"], "order_number <> ''"),
    ("content", "answers", "ix_answers_message_id", ["message_id", "created_at"], ""),
    (*_MAILS, "ix_notifications_failed", _PLACE, _FAILED),
    (*_MAILS, "ix_notifications_created_at_id", _PLACE, ""),
    (*_MAILS, "ix_notifications_template_name", ["template_name", *_PLACE], ""),
    (*_MAILS, "ix_notifications_again_of", ["again_of"], "again_of IS NOT NULL"),
    (*_MAILS, "ix_notifications_recipient_hash", ["recipient_hash"], "recipient_hash IS NOT NULL"),
    ("reviews", "reviews", "ix_reviews_created_at_id", _PLACE, ""),
    ("reviews", "reviews", "ix_reviews_stars_id", ["stars", "id"], ""),
    ("reviews", "reviews", "ix_reviews_product_id", ["product_id", *_PLACE], ""),
    ("reviews", "reviews", "ix_reviews_reported", _PLACE, "status = 'published' AND reports > 0"),
    ("reviews", "reviews", "ix_reviews_hidden", _PLACE, "status = 'hidden'"),
    ("reviews", "reviews", "ix_reviews_answered", _PLACE, "reply IS NOT NULL"),
)
