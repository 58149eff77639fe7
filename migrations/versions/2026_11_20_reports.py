"""The figures of past days that reports are made of."""

import sqlalchemy as sa
from alembic import op

revision = "reports"
down_revision = "service"
branch_labels = None
depends_on = None

_SUMS = {
    "sales": ("orders", "goods", "discounts", "delivery", "tax", "tax_inside", "total", "refunds"),
    "products": ("units", "goods", "discounts", "tax", "total", "refunds", "returned"),
    "taxes": ("taxable", "tax", "taxable_back", "tax_back"),
    "money": ("payments", "taken", "refunds", "refunded", "returned"),
    "stock": ("on_hand", "allocated", "uncosted", "cost"),
}
_KEYS = {
    "sales": (("day", sa.Date()), ("currency", sa.String(3)), ("country", sa.String(2))),
    "products": (("day", sa.Date()), ("currency", sa.String(3)), ("product_id", sa.Uuid())),
    "taxes": (
        ("day", sa.Date()), ("currency", sa.String(3)), ("country", sa.String(2)), ("name", sa.String(120)),
        ("rate_ppm", sa.Integer()),
    ),
    "money": (("day", sa.Date()), ("currency", sa.String(3)), ("method", sa.String(20))),
    "stock": (
        ("day", sa.Date()), ("warehouse_id", sa.Uuid()), ("category_id", sa.Uuid()), ("currency", sa.String(3)),
    ),
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "report_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("time_zone", sa.String(length=60), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_report_state_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_state")),
        schema="desk",
    )
    for name, keys in _KEYS.items():
        table = f"report_{name}"
        op.create_table(
            table,
            *(sa.Column(key, kind, autoincrement=False, nullable=False) for key, kind in keys),
            *(sa.Column(summed, sa.BigInteger(), nullable=False) for summed in _SUMS[name]),
            sa.PrimaryKeyConstraint(*(key for key, _kind in keys), name=op.f(f"pk_{table}")),
            schema="desk",
        )
    op.add_column(
        "report_stock",
        sa.Column("seen_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("kit.now()"), nullable=False),
        schema="desk",
    )


def downgrade() -> None:
    for name in (*reversed(_KEYS), "state"):
        op.drop_table(f"report_{name}", schema="desk")
