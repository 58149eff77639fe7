"""Returns and refunds by line; how long goods may come back, and which refunds need a second person."""

import sqlalchemy as sa
from alembic import op

revision = "returns"
down_revision = "orders_desk"
branch_labels = None
depends_on = None

_SHOP_RULES = {
    "return_days": "return_days BETWEEN 14 AND 3650",
    "refund_limit": "refund_limit >= 0",
    "holiday_is_a_span": "(holiday_from IS NULL) = (holiday_until IS NULL)",
    "holiday": "holiday_from <= holiday_until",
}


def upgrade() -> None:
    op.add_column("shop", sa.Column("return_days", sa.Integer(), server_default="30", nullable=False), schema="store")
    op.add_column(
        "shop", sa.Column("refund_limit", sa.BigInteger(), server_default="50000", nullable=False), schema="store"
    )
    op.add_column("shop", sa.Column("holiday_from", sa.Date(), nullable=True), schema="store")
    op.add_column("shop", sa.Column("holiday_until", sa.Date(), nullable=True), schema="store")
    for name, rule in _SHOP_RULES.items():
        op.create_check_constraint(op.f(f"ck_shop_{name}"), "shop", rule, schema="store")
    op.execute("CREATE SCHEMA returns")
    op.create_table(
        "extensions",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), server_default="", nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_extensions_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_extensions")),
        schema="returns",
    )
    op.create_table(
        "returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=12), server_default="requested", nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("answer", sa.String(length=500), server_default="", nullable=False),
        sa.Column("request_key", sa.String(length=80), nullable=False),
        sa.Column("requested_by", sa.String(length=20), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("warehouse_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'requested') = (decided_at IS NULL)", name=op.f("ck_returns_decided_at")),
        sa.CheckConstraint(
            "(status IN ('rejected', 'refunded', 'closed')) = (ended_at IS NOT NULL)", name=op.f("ck_returns_ended_at")
        ),
        sa.CheckConstraint("kind IN ('return', 'withdrawal')", name=op.f("ck_returns_kind")),
        sa.CheckConstraint("status <> 'received' OR received_at IS NOT NULL", name=op.f("ck_returns_received_at")),
        sa.CheckConstraint("status <> 'rejected' OR answer <> ''", name=op.f("ck_returns_rejected_with_reason")),
        sa.CheckConstraint(
            "status IN ('requested', 'approved', 'rejected', 'received', 'refunded', 'closed')",
            name=op.f("ck_returns_status"),
        ),
        sa.CheckConstraint(
            "(received_at IS NULL) = (warehouse_id IS NULL)", name=op.f("ck_returns_received_somewhere")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_returns_order_id")),
        sa.ForeignKeyConstraint(["warehouse_id"], ["inventory.warehouses.id"], name=op.f("fk_returns_warehouse_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
        sa.UniqueConstraint("number", name=op.f("uq_returns_number")),
        schema="returns",
    )
    op.create_index("ix_returns_created_at", "returns", ["created_at", "id"], unique=False, schema="returns")
    op.create_index("ix_returns_order_id", "returns", ["order_id"], unique=False, schema="returns")
    op.create_index(
        "ix_returns_status_created_at", "returns", ["status", "created_at", "id"], unique=False, schema="returns"
    )
    op.create_index(
        "uq_returns_open_withdrawal",
        "returns",
        ["order_id"],
        unique=True,
        schema="returns",
        postgresql_where=sa.text("kind = 'withdrawal' AND status = 'requested'"),
    )
    op.create_index("uq_returns_request_key", "returns", ["order_id", "request_key"], unique=True, schema="returns")
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("return_id", sa.Uuid(), nullable=True),
        sa.Column("payment_refund_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("ends_order", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("goods_cents", sa.BigInteger(), nullable=False),
        sa.Column("shipping_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("adjustment_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("warehouse_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by", sa.String(length=20), nullable=False),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decision_note", sa.String(length=500), server_default="", nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'given') = (payment_refund_id IS NOT NULL)", name=op.f("ck_refunds_given")),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_refunds_currency")),
        sa.CheckConstraint(
            "status = 'given' OR (status = 'refused') = (decided_at IS NOT NULL)", name=op.f("ck_refunds_refused_by")
        ),
        sa.CheckConstraint("status IN ('waiting', 'given', 'refused')", name=op.f("ck_refunds_status")),
        sa.CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name=op.f("ck_refunds_decided_at")),
        sa.CheckConstraint(
            "amount_cents = goods_cents + shipping_cents + adjustment_cents", name=op.f("ck_refunds_adds_up")
        ),
        sa.CheckConstraint(
            "amount_cents >= 1 AND amount_cents < 9007199254740992", name=op.f("ck_refunds_amount_cents")
        ),
        sa.CheckConstraint(
            "status = 'refused' OR decided_by_id <> requested_by_id", name=op.f("ck_refunds_second_person")
        ),
        sa.CheckConstraint("goods_cents >= 0", name=op.f("ck_refunds_goods_cents")),
        sa.CheckConstraint("shipping_cents >= 0", name=op.f("ck_refunds_shipping_cents")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_refunds_order_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.payments.id"], name=op.f("fk_refunds_payment_id")),
        sa.ForeignKeyConstraint(
            ["payment_refund_id"], ["payments.refunds.id"], name=op.f("fk_refunds_payment_refund_id")
        ),
        sa.ForeignKeyConstraint(["return_id"], ["returns.returns.id"], name=op.f("fk_refunds_return_id")),
        sa.ForeignKeyConstraint(["warehouse_id"], ["inventory.warehouses.id"], name=op.f("fk_refunds_warehouse_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("payment_refund_id", name=op.f("uq_refunds_payment_refund_id")),
        schema="returns",
    )
    op.create_index("ix_refunds_created_at", "refunds", ["created_at", "id"], unique=False, schema="returns")
    op.create_index("ix_refunds_order_id", "refunds", ["order_id"], unique=False, schema="returns")
    op.create_index("ix_refunds_return_id", "refunds", ["return_id"], unique=False, schema="returns")
    op.create_index(
        "ix_refunds_waiting",
        "refunds",
        ["created_at"],
        unique=False,
        schema="returns",
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_table(
        "return_lines",
        sa.Column("return_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("received", sa.Integer(), server_default="0", nullable=False),
        sa.Column("restocked", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "reason IN ('changed_mind', 'does_not_fit', 'not_as_described', 'damaged', 'wrong_item', 'other', 'none')",
            name=op.f("ck_return_lines_reason"),
        ),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_return_lines_quantity")),
        sa.CheckConstraint("received BETWEEN 0 AND quantity", name=op.f("ck_return_lines_received")),
        sa.CheckConstraint("restocked BETWEEN 0 AND received", name=op.f("ck_return_lines_restocked")),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["orders.order_lines.id"], name=op.f("fk_return_lines_order_line_id")
        ),
        sa.ForeignKeyConstraint(["return_id"], ["returns.returns.id"], name=op.f("fk_return_lines_return_id")),
        sa.PrimaryKeyConstraint("return_id", "order_line_id", name=op.f("pk_return_lines")),
        schema="returns",
    )
    op.create_index("ix_return_lines_order_line_id", "return_lines", ["order_line_id"], unique=False, schema="returns")
    op.create_table(
        "refund_lines",
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("restock", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_refund_lines_amount_cents")),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_refund_lines_quantity")),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["orders.order_lines.id"], name=op.f("fk_refund_lines_order_line_id")
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["returns.refunds.id"], name=op.f("fk_refund_lines_refund_id")),
        sa.PrimaryKeyConstraint("refund_id", "order_line_id", name=op.f("pk_refund_lines")),
        schema="returns",
    )
    op.create_index("ix_refund_lines_order_line_id", "refund_lines", ["order_line_id"], unique=False, schema="returns")
    op.execute(
        """
        CREATE FUNCTION returns.guard_return() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.status <> 'requested' THEN
                    RAISE EXCEPTION 'a return begins requested, not %', NEW.status
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_returns_transition';
                END IF;
                RETURN NEW;
            END IF;
            IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
                ('requested', 'approved'), ('requested', 'rejected'), ('approved', 'received'),
                ('approved', 'refunded'), ('approved', 'closed'), ('received', 'refunded'),
                ('received', 'closed'), ('refunded', 'received')
            ) THEN
                RAISE EXCEPTION 'a return cannot go from % to %', OLD.status, NEW.status
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_returns_transition';
            END IF;
            IF (NEW.order_id, NEW.number, NEW.kind) IS DISTINCT FROM (OLD.order_id, OLD.number, OLD.kind) THEN
                RAISE EXCEPTION 'order, number and kind of a return do not change'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_returns_fixed';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON returns.returns"
        " FOR EACH ROW EXECUTE FUNCTION returns.guard_return()"
    )
    op.execute(
        """
        CREATE FUNCTION returns.guard_refund() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.status <> OLD.status AND OLD.status <> 'waiting' THEN
                RAISE EXCEPTION 'a refund that was % cannot become %', OLD.status, NEW.status
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_refunds_transition';
            END IF;
            IF (NEW.order_id, NEW.payment_id, NEW.amount_cents, NEW.currency, NEW.requested_by_id) IS DISTINCT FROM
               (OLD.order_id, OLD.payment_id, OLD.amount_cents, OLD.currency, OLD.requested_by_id) THEN
                RAISE EXCEPTION 'what was asked for, and by whom, does not change'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_refunds_fixed';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER guard BEFORE UPDATE ON returns.refunds FOR EACH ROW EXECUTE FUNCTION returns.guard_refund()"
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON returns.refund_lines"
        " FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change()"
    )


def downgrade() -> None:
    op.execute("DROP SCHEMA returns CASCADE")
    for name in _SHOP_RULES:
        op.drop_constraint(op.f(f"ck_shop_{name}"), "shop", schema="store")
    for column in ("return_days", "refund_limit", "holiday_from", "holiday_until"):
        op.drop_column("shop", column, schema="store")
