"""Tables of the desk: views that staff keep of its lists, and the figures of past days that reports are made of."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id


class SavedViewRow(Base):
    """What a list was asked for, under a name; `query` is the query of its address. Shared ones are everybody's."""

    __tablename__ = "saved_views"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("length(query) <= 4000", name="query"),
        Index("ix_saved_views_list_key", "list_key", "account_id"),
        {"schema": "desk"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.accounts.id", ondelete="CASCADE"), index=True)
    list_key: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(Text)
    is_shared: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))


# The figures of days that have passed, each the answer of its statement in `reports_facts`; see there what counts when.
# They can be thrown away and counted anew at any time. Amounts are minor units of `currency`.


class ReportStateRow(Base):
    """How far the figures are kept: those of every day before `kept_until`, by the calendar of `time_zone`."""

    __tablename__ = "report_state"
    __table_args__ = (CheckConstraint("id = 1", name="one"), {"schema": "desk"})

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    time_zone: Mapped[str] = mapped_column(String(60))
    kept_until: Mapped[date] = mapped_column(Date)


class ReportSalesRow(Base):
    """What was sold and sent back on a day, by the country it went to."""

    __tablename__ = "report_sales"
    __table_args__ = ({"schema": "desk"},)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    orders: Mapped[int] = mapped_column(BigInteger)
    goods: Mapped[int] = mapped_column(BigInteger)
    discounts: Mapped[int] = mapped_column(BigInteger)
    delivery: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    tax_inside: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger)
    refunds: Mapped[int] = mapped_column(BigInteger)


class ReportProductRow(Base):
    """The same of each product; under no product (a zero id) what is of none."""

    __tablename__ = "report_products"
    __table_args__ = ({"schema": "desk"},)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    units: Mapped[int] = mapped_column(BigInteger)
    goods: Mapped[int] = mapped_column(BigInteger)
    discounts: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    total: Mapped[int] = mapped_column(BigInteger)
    refunds: Mapped[int] = mapped_column(BigInteger)
    returned: Mapped[int] = mapped_column(BigInteger)


class ReportTaxRow(Base):
    """What the papers of a day say of a rate: of invoices, and of what was taken back of them."""

    __tablename__ = "report_taxes"
    __table_args__ = ({"schema": "desk"},)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    rate_ppm: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    taxable: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    taxable_back: Mapped[int] = mapped_column(BigInteger)
    tax_back: Mapped[int] = mapped_column(BigInteger)


class ReportMoneyRow(Base):
    """What was taken and sent back on a day, by method."""

    __tablename__ = "report_money"
    __table_args__ = ({"schema": "desk"},)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    method: Mapped[str] = mapped_column(String(20), primary_key=True)
    payments: Mapped[int] = mapped_column(BigInteger)
    taken: Mapped[int] = mapped_column(BigInteger)
    refunds: Mapped[int] = mapped_column(BigInteger)
    refunded: Mapped[int] = mapped_column(BigInteger)
    returned: Mapped[int] = mapped_column(BigInteger)


class ReportStockRow(Base):
    """What the stock of a category in a warehouse was worth at the end of a day (today: when it was last looked at).

    `on_hand` can be sold, `allocated` is sold and has not left; `cost` is what both cost, of as many as have a cost
    in `currency`; `uncosted` are those without one.
    """

    __tablename__ = "report_stock"
    __table_args__ = ({"schema": "desk"},)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    warehouse_id: Mapped[UUID] = mapped_column(primary_key=True)
    category_id: Mapped[UUID] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    on_hand: Mapped[int] = mapped_column(BigInteger)
    allocated: Mapped[int] = mapped_column(BigInteger)
    uncosted: Mapped[int] = mapped_column(BigInteger)
    cost: Mapped[int] = mapped_column(BigInteger)
    seen_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))
