"""Invoices and credit notes with gapless numbers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "invoicing"
down_revision = "fulfilment"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA invoicing")
    op.add_column("shop", sa.Column("tax_number", sa.String(60), server_default="", nullable=False), schema="store")
    op.create_table(
        "counters",
        sa.Column("series", sa.String(length=10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("last >= 0", name=op.f("ck_counters_last")),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_counters")),
        schema="invoicing",
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("series", sa.String(length=10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("prices_include_tax", sa.Boolean(), nullable=False),
        sa.Column("subtotal_cents", sa.BigInteger(), nullable=False),
        sa.Column("discount_cents", sa.BigInteger(), nullable=False),
        sa.Column("shipping_cents", sa.BigInteger(), nullable=False),
        sa.Column("tax_cents", sa.BigInteger(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("taxes", postgresql.JSONB(), nullable=False),
        sa.Column("seller", postgresql.JSONB(), nullable=False),
        sa.Column("buyer", sa.Text(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.CheckConstraint("(kind = 'correction') <= (total_cents = 0)", name=op.f("ck_documents_no_money_moves")),
        sa.CheckConstraint("(kind = 'invoice') = (about_id IS NULL)", name=op.f("ck_documents_about")),
        sa.CheckConstraint(
            "(kind IN ('credit_note', 'reversal')) <= (total_cents > 0)", name=op.f("ck_documents_something_went_back")
        ),
        sa.CheckConstraint(
            "(kind IN ('credit_note', 'reversal')) = (refund_id IS NOT NULL)", name=op.f("ck_documents_refund")
        ),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name=op.f("ck_documents_currency")),
        sa.CheckConstraint(
            "kind IN ('invoice', 'credit_note', 'reversal', 'correction')", name=op.f("ck_documents_kind")
        ),
        sa.CheckConstraint(
            "series = CASE kind WHEN 'invoice' THEN 'INV' ELSE 'CN' END", name=op.f("ck_documents_series")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_documents_number")),
        sa.CheckConstraint(
            "subtotal_cents >= 0 AND discount_cents >= 0 AND shipping_cents >= 0"
            " AND total_cents >= 0 AND total_cents < 9007199254740992",
            name=op.f("ck_documents_amounts"),
        ),
        sa.CheckConstraint(
            "total_cents = subtotal_cents - discount_cents + shipping_cents"
            " + CASE WHEN prices_include_tax THEN 0 ELSE tax_cents END",
            name=op.f("ck_documents_total_adds_up"),
        ),
        sa.ForeignKeyConstraint(["about_id"], ["invoicing.documents.id"], name=op.f("fk_documents_about_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.orders.id"], name=op.f("fk_documents_order_id")),
        sa.ForeignKeyConstraint(["refund_id"], ["payments.refunds.id"], name=op.f("fk_documents_refund_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("label", name=op.f("uq_documents_label")),
        sa.UniqueConstraint("series", "year", "number", name=op.f("uq_documents_series_year_number")),
        schema="invoicing",
    )
    op.create_index("ix_documents_issued_on", "documents", ["issued_on"], unique=False, schema="invoicing")
    op.create_index("ix_documents_order_id", "documents", ["order_id"], unique=False, schema="invoicing")
    op.create_index(
        "uq_documents_invoice",
        "documents",
        ["order_id"],
        unique=True,
        schema="invoicing",
        postgresql_where=sa.text("kind = 'invoice'"),
    )
    op.create_index(
        "uq_documents_refund",
        "documents",
        ["refund_id", "kind"],
        unique=True,
        schema="invoicing",
        postgresql_where=sa.text("refund_id IS NOT NULL"),
    )
    op.create_table(
        "refund_details",
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("taxes", postgresql.JSONB(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.ForeignKeyConstraint(["refund_id"], ["payments.refunds.id"], name=op.f("fk_refund_details_refund_id")),
        sa.PrimaryKeyConstraint("refund_id", name=op.f("pk_refund_details")),
        schema="invoicing",
    )
    op.create_table(
        "printouts",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("printed_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["invoicing.documents.id"], name=op.f("fk_printouts_document_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_printouts")),
        sa.UniqueConstraint("key", name=op.f("uq_printouts_key")),
        schema="invoicing",
    )
    for table in ("documents", "refund_details"):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoicing.{table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kit.refuse_change()"
        )


def downgrade() -> None:
    op.execute("DROP SCHEMA invoicing CASCADE")
    op.drop_column("shop", "tax_number", schema="store")
