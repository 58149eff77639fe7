"""Tables of orders: the order, its lines and taxes as they were sold, and the links to its page."""

import sqlalchemy as sa
from alembic import op

revision = "orders"
down_revision = "payments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA orders")
    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(20), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_hash", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.String(20), server_default="pending", nullable=False),
        sa.Column("subtotal_cents", sa.BigInteger(), nullable=False),
        sa.Column("discount_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tax_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("shipping_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("prices_include_tax", sa.Boolean(), nullable=False),
        sa.Column("shipping_address_snapshot", sa.Text(), nullable=False),
        sa.Column("billing_address_snapshot", sa.Text(), nullable=False),
        sa.Column("shipping_method_id", sa.Uuid(), nullable=True),
        sa.Column("shipping_method", sa.String(120), nullable=False),
        sa.Column("delivery_from", sa.Date(), nullable=True),
        sa.Column("delivery_until", sa.Date(), nullable=True),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("payment_method", sa.String(80), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("checkout_id", sa.Uuid(), nullable=True),
        sa.Column("cart_id", sa.Uuid(), nullable=True),
        sa.Column("tracking_number", sa.String(100), nullable=True),
        sa.Column("cancel_reason", sa.String(40), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.Column("confirmed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("shipped_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(cancelled_at IS NOT NULL) = (cancel_reason IS NOT NULL) AND (cancel_reason IS NULL OR"
            " cancel_reason IN ('payment_failed', 'expired', 'customer', 'staff', 'out_of_stock', 'recalled',"
            " 'replaced', 'unavailable'))",
            name=op.f("ck_orders_cancel_reason"),
        ),
        sa.CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name=op.f("ck_orders_cancelled_at")),
        sa.CheckConstraint("(status = 'delivered') = (delivered_at IS NOT NULL)", name=op.f("ck_orders_delivered_at")),
        sa.CheckConstraint(
            "CASE status WHEN 'pending' THEN confirmed_at IS NULL WHEN 'cancelled' THEN true ELSE confirmed_at"
            " IS NOT NULL END",
            name=op.f("ck_orders_confirmed_at"),
        ),
        sa.CheckConstraint(
            "CASE status WHEN 'shipped' THEN shipped_at IS NOT NULL WHEN 'delivered' THEN shipped_at IS NOT NULL"
            " WHEN 'cancelled' THEN true ELSE shipped_at IS NULL END",
            name=op.f("ck_orders_shipped_at"),
        ),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_orders_currency")),
        sa.CheckConstraint(
            "order_number ~ '^ORD-[0-9]{8}-[0-9A-HJKMNP-TV-Z]{4}$'", name=op.f("ck_orders_order_number")
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'confirmed', 'shipped', 'delivered', 'cancelled')", name=op.f("ck_orders_status")
        ),
        sa.CheckConstraint("(email IS NULL) = (email_hash IS NULL)", name=op.f("ck_orders_email_hash")),
        sa.CheckConstraint(
            "(shipped_at IS NOT NULL) = (tracking_number IS NOT NULL)", name=op.f("ck_orders_tracking_number")
        ),
        sa.CheckConstraint("(total_cents > 0) = (payment_id IS NOT NULL)", name=op.f("ck_orders_paid_by_a_payment")),
        sa.CheckConstraint(
            "NOT prices_include_tax OR tax_cents <= total_cents", name=op.f("ck_orders_tax_within_total")
        ),
        sa.CheckConstraint("delivery_from <= delivery_until", name=op.f("ck_orders_delivery")),
        sa.CheckConstraint(
            "discount_cents <= subtotal_cents + shipping_cents", name=op.f("ck_orders_discount_within_reach")
        ),
        sa.CheckConstraint(
            "discount_cents >= 0 AND discount_cents < 9007199254740992", name=op.f("ck_orders_discount_cents")
        ),
        sa.CheckConstraint(
            "shipping_cents >= 0 AND shipping_cents < 9007199254740992", name=op.f("ck_orders_shipping_cents")
        ),
        sa.CheckConstraint(
            "subtotal_cents >= 0 AND subtotal_cents < 9007199254740992", name=op.f("ck_orders_subtotal_cents")
        ),
        sa.CheckConstraint("tax_cents >= 0 AND tax_cents < 9007199254740992", name=op.f("ck_orders_tax_cents")),
        sa.CheckConstraint(
            "total_cents = subtotal_cents - discount_cents + shipping_cents + CASE WHEN prices_include_tax THEN"
            " 0 ELSE tax_cents END",
            name=op.f("ck_orders_total_adds_up"),
        ),
        sa.CheckConstraint("total_cents >= 0 AND total_cents < 9007199254740992", name=op.f("ck_orders_total_cents")),
        sa.CheckConstraint("user_id IS NOT NULL OR email IS NOT NULL", name=op.f("ck_orders_somebody")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.payments.id"], name=op.f("fk_orders_payment_id")),
        sa.ForeignKeyConstraint(["user_id"], ["accounts.accounts.id"], name=op.f("fk_orders_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("order_number", name=op.f("uq_orders_order_number")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_orders_payment_id")),
        schema="orders",
    )
    op.create_index("ix_orders_email_hash", "orders", ["email_hash"], unique=False, schema="orders")
    op.create_index("ix_orders_status_created_at", "orders", ["status", "created_at"], unique=False, schema="orders")
    op.create_index("ix_orders_user_id", "orders", ["user_id", "created_at"], unique=False, schema="orders")
    op.create_index(
        "uq_orders_live_cart",
        "orders",
        ["cart_id"],
        unique=True,
        schema="orders",
        postgresql_where=sa.text("status <> 'cancelled'"),
    )
    op.create_index(
        "uq_orders_live_checkout",
        "orders",
        ["checkout_id"],
        unique=True,
        schema="orders",
        postgresql_where=sa.text("status <> 'cancelled'"),
    )
    op.create_table(
        "order_lines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("product_name_snapshot", sa.String(255), nullable=False),
        sa.Column("options_snapshot", sa.String(255), server_default="", nullable=False),
        sa.Column("sku_snapshot", sa.String(50), nullable=False),
        sa.Column("tax_class", sa.String(40), nullable=False),
        sa.Column("unit_price_cents", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("line_total_cents", sa.BigInteger(), nullable=False),
        sa.Column("discount_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tax_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint("discount_cents <= line_total_cents", name=op.f("ck_order_lines_discount_within_line")),
        sa.CheckConstraint(
            "discount_cents >= 0 AND discount_cents < 9007199254740992", name=op.f("ck_order_lines_discount_cents")
        ),
        sa.CheckConstraint("length(product_name_snapshot) > 0", name=op.f("ck_order_lines_product_name_snapshot")),
        sa.CheckConstraint("length(sku_snapshot) > 0", name=op.f("ck_order_lines_sku_snapshot")),
        sa.CheckConstraint("line_total_cents = unit_price_cents * quantity", name=op.f("ck_order_lines_line_adds_up")),
        sa.CheckConstraint(
            "line_total_cents >= 0 AND line_total_cents < 9007199254740992",
            name=op.f("ck_order_lines_line_total_cents"),
        ),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_order_lines_quantity")),
        sa.CheckConstraint("tax_cents >= 0 AND tax_cents < 9007199254740992", name=op.f("ck_order_lines_tax_cents")),
        sa.CheckConstraint(
            "unit_price_cents >= 0 AND unit_price_cents < 9007199254740992",
            name=op.f("ck_order_lines_unit_price_cents"),
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_order_lines_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_lines")),
        sa.UniqueConstraint("order_id", "position", name=op.f("uq_order_lines_order_id_position")),
        sa.UniqueConstraint("order_id", "variant_id", name=op.f("uq_order_lines_order_id_variant_id")),
        schema="orders",
    )
    op.create_index("ix_order_lines_product_id", "order_lines", ["product_id"], unique=False, schema="orders")
    op.create_index("ix_order_lines_variant_id", "order_lines", ["variant_id"], unique=False, schema="orders")
    op.create_table(
        "order_tax_lines",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("rate_ppm", sa.Integer(), nullable=False),
        sa.Column("taxable_cents", sa.BigInteger(), nullable=False),
        sa.Column("tax_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("rate_ppm BETWEEN 0 AND 1000000", name=op.f("ck_order_tax_lines_rate_ppm")),
        sa.CheckConstraint(
            "tax_cents >= 0 AND tax_cents < 9007199254740992", name=op.f("ck_order_tax_lines_tax_cents")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_order_tax_lines_order_id")),
        sa.PrimaryKeyConstraint("order_id", "position", name=op.f("pk_order_tax_lines")),
        schema="orders",
    )
    op.create_table(
        "access_tokens",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_access_tokens_expires_at")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_access_tokens_order_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_access_tokens")),
        schema="orders",
    )
    op.create_index("ix_access_tokens_expires_at", "access_tokens", ["expires_at"], unique=False, schema="orders")
    op.create_index("ix_access_tokens_order_id", "access_tokens", ["order_id"], unique=False, schema="orders")
    op.execute(
        """
        CREATE FUNCTION orders.guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.status <> 'pending' THEN
                    RAISE EXCEPTION 'an order begins pending, not %', NEW.status
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_orders_transition';
                END IF;
                RETURN NEW;
            END IF;
            IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
                ('pending', 'confirmed'), ('pending', 'cancelled'), ('confirmed', 'shipped'),
                ('confirmed', 'cancelled'), ('shipped', 'delivered'), ('shipped', 'cancelled')
            ) THEN
                RAISE EXCEPTION 'an order cannot go from % to %', OLD.status, NEW.status
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_orders_transition';
            END IF;
            IF (NEW.order_number, NEW.currency, NEW.prices_include_tax, NEW.subtotal_cents) IS DISTINCT FROM
               (OLD.order_number, OLD.currency, OLD.prices_include_tax, OLD.subtotal_cents) THEN
                RAISE EXCEPTION 'number, currency and what was sold do not change once an order stands'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_orders_fixed';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON orders.orders"
        " FOR EACH ROW EXECUTE FUNCTION orders.guard_order()"
    )
    op.execute(
        """
        CREATE FUNCTION orders.guard_sums(checked uuid) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            stands orders.orders%ROWTYPE;
            lines bigint;
            goods bigint;
            taxes bigint;
        BEGIN
            SELECT * INTO stands FROM orders.orders WHERE id = checked;
            SELECT count(*), coalesce(sum(line_total_cents), 0) INTO lines, goods
                FROM orders.order_lines WHERE order_id = checked;
            IF lines = 0 THEN
                RAISE EXCEPTION 'order % has no lines', stands.order_number
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_orders_has_lines';
            END IF;
            IF goods <> stands.subtotal_cents THEN
                RAISE EXCEPTION 'the lines of order % come to %, its subtotal is %',
                    stands.order_number, goods, stands.subtotal_cents
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_orders_lines_add_up';
            END IF;
            SELECT coalesce(sum(tax_cents), 0) INTO taxes FROM orders.order_tax_lines WHERE order_id = checked;
            IF taxes <> stands.tax_cents THEN
                RAISE EXCEPTION 'the tax lines of order % come to %, its tax is %',
                    stands.order_number, taxes, stands.tax_cents
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_orders_taxes_add_up';
            END IF;
        END $$
        """
    )
    for table, column in (("orders", "id"), ("order_lines", "order_id"), ("order_tax_lines", "order_id")):
        op.execute(
            f"""
            CREATE FUNCTION orders.guard_{table}_sums() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM orders.guard_sums(NEW.{column});
                RETURN NULL;
            END $$
            """
        )
        op.execute(
            f"CREATE CONSTRAINT TRIGGER sums AFTER INSERT ON orders.{table}"
            f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION orders.guard_{table}_sums()"
        )
    for table in ("order_lines", "order_tax_lines"):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON orders.{table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change()"
        )


def downgrade() -> None:
    op.execute("DROP SCHEMA orders CASCADE")
