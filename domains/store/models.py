"""The shop row."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Date, Integer, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id


class ShopRow(Base):
    """The one row of what the merchant sets."""

    __tablename__ = "shop"
    __table_args__ = (
        CheckConstraint("only_row", name="one_row"),
        CheckConstraint("country ~ '^[A-Z]{2}$'", name="country"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        CheckConstraint("tax_rounding IN ('line', 'order')", name="tax_rounding"),
        CheckConstraint("name <> '' AND legal_name <> ''", name="names"),
        CheckConstraint("return_days BETWEEN 14 AND 3650", name="return_days"),
        CheckConstraint("refund_limit >= 0", name="refund_limit"),
        CheckConstraint("(holiday_from IS NULL) = (holiday_until IS NULL)", name="holiday_is_a_span"),
        CheckConstraint("holiday_from <= holiday_until", name="holiday"),
        CheckConstraint("download_days BETWEEN 1 AND 3650 AND download_limit BETWEEN 1 AND 1000", name="downloads"),
        CheckConstraint("transfer_days BETWEEN 1 AND 60", name="transfer_days"),
        {"schema": "store"},
    )

    only_row: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    id: Mapped[UUID] = mapped_column(default=new_id)
    name: Mapped[str] = mapped_column(String(100))
    legal_name: Mapped[str] = mapped_column(String(200))
    address: Mapped[list[str]] = mapped_column(ARRAY(Text))
    country: Mapped[str] = mapped_column(String(2))
    currency: Mapped[str] = mapped_column(String(3))
    time_zone: Mapped[str] = mapped_column(String(60))
    prices_include_tax: Mapped[bool]
    tax_rounding: Mapped[str] = mapped_column(String(10), server_default="line")
    tax_on_shipping: Mapped[bool] = mapped_column(server_default=text("true"))
    sender_email: Mapped[str] = mapped_column(String(255))
    alerts_email: Mapped[str] = mapped_column(String(255))
    countries: Mapped[list[str]] = mapped_column(ARRAY(String(2)))
    tagline: Mapped[str] = mapped_column(String(200), server_default="")
    reply_email: Mapped[str] = mapped_column(String(255), server_default="")
    tax_number: Mapped[str] = mapped_column(String(60), server_default="")
    bank_details: Mapped[str] = mapped_column(Text, server_default="")
    transfer_days: Mapped[int] = mapped_column(Integer, server_default="7")
    stock_alert_emails: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    lowest_price_shown: Mapped[bool | None]
    download_days: Mapped[int] = mapped_column(Integer, server_default="30")
    download_limit: Mapped[int] = mapped_column(Integer, server_default="5")
    return_days: Mapped[int] = mapped_column(server_default="30")
    refund_limit: Mapped[int] = mapped_column(BigInteger, server_default="50000")
    holiday_from: Mapped[date | None] = mapped_column(Date)
    holiday_until: Mapped[date | None] = mapped_column(Date)
    logo_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))
    updated_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))


class SwitchRow(Base):
    """A part of the shop that staff have switched; one that was never touched is on and has no row."""

    __tablename__ = "switches"
    __table_args__ = ({"schema": "store"},)

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    is_on: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))
