"""Tables of reviews: what buyers wrote, how many stars each product has, what readers reported, whom to ask when."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id

_NOW = text("kit.now()")
_STARS = " + ".join(f"stars_{number}" for number in range(1, 6))
_WEIGHED = " + ".join(f"{number} * stars_{number}" for number in range(1, 6))

LONGEST_NAME, LONGEST_TITLE, LONGEST_BODY = 40, 120, 4000


class ReviewRow(Base):
    """What a buyer says of a product he ordered. Who he is the order knows; shown is the name he chose."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("order_id", "product_id"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        CheckConstraint("status IN ('pending', 'published', 'hidden', 'removed')", name="status"),
        CheckConstraint(
            "CASE status WHEN 'pending' THEN reason IN ('link', 'word', 'changed') AND reason IS NOT NULL"
            " WHEN 'hidden' THEN reason IN ('spam', 'abuse', 'personal', 'off_topic', 'unlawful')"
            " AND reason IS NOT NULL ELSE reason IS NULL END",
            name="reason",
        ),
        CheckConstraint(
            "CASE WHEN status = 'removed' THEN name = '' AND title = '' AND body = '' AND reply IS NULL"
            " ELSE name <> '' END",
            name="words",
        ),
        CheckConstraint(f"length(body) <= {LONGEST_BODY} AND length(reply) <= {LONGEST_BODY}", name="length"),
        CheckConstraint("(reply IS NULL) = (replied_at IS NULL)", name="reply"),
        CheckConstraint("reports >= 0", name="reports"),
        Index("ix_reviews_pending", "created_at", "id", postgresql_where=text("status = 'pending'")),
        Index("ix_reviews_newest", "product_id", "created_at", "id", postgresql_where=text("status = 'published'")),
        Index("ix_reviews_stars", "product_id", "stars", "created_at", "id",
              postgresql_where=text("status = 'published'")),
        Index("ix_reviews_created_at_id", "created_at", "id"),
        Index("ix_reviews_stars_id", "stars", "id"),
        Index("ix_reviews_product_id", "product_id", "created_at", "id"),
        Index("ix_reviews_reported", "created_at", "id",
              postgresql_where=text("status = 'published' AND reports > 0")),
        Index("ix_reviews_hidden", "created_at", "id", postgresql_where=text("status = 'hidden'")),
        Index("ix_reviews_answered", "created_at", "id", postgresql_where=text("reply IS NOT NULL")),
        {"schema": "reviews"},
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    options: Mapped[str] = mapped_column(String(255), server_default="")
    stars: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE), server_default="")
    body: Mapped[str] = mapped_column(Text, server_default="")
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(20))
    reply: Mapped[str | None] = mapped_column(Text)
    replied_at: Mapped[datetime | None]
    reports: Mapped[int] = mapped_column(Integer, server_default="0")
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    edited_at: Mapped[datetime | None]


class RatingRow(Base):
    """How many published reviews of a product have how many stars; the average is the database's own sum."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("least(stars_1, stars_2, stars_3, stars_4, stars_5) >= 0", name="stars"),
        CheckConstraint(f"count = {_STARS}", name="count"),
        {"schema": "reviews"},
    )

    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"), primary_key=True)
    count: Mapped[int] = mapped_column(Integer, server_default="0")
    stars_1: Mapped[int] = mapped_column(Integer, server_default="0")
    stars_2: Mapped[int] = mapped_column(Integer, server_default="0")
    stars_3: Mapped[int] = mapped_column(Integer, server_default="0")
    stars_4: Mapped[int] = mapped_column(Integer, server_default="0")
    stars_5: Mapped[int] = mapped_column(Integer, server_default="0")
    average: Mapped[Decimal | None] = mapped_column(
        Numeric(3, 2), Computed(f"round(({_WEIGHED})::numeric / nullif({_STARS}, 0), 2)", persisted=True)
    )


class ReportRow(Base):
    """A reader finds that a review should not stand there; each reader once. `reporter` is an account or a visitor."""

    __tablename__ = "reports"
    __table_args__ = ({"schema": "reviews"},)

    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.reviews.id", ondelete="CASCADE"), primary_key=True)
    reporter: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class RequestRow(Base):
    """The plan to ask the buyer of an order what he thinks of it, and what became of the plan."""

    __tablename__ = "requests"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (outcome IS NULL)", name="done_at"),
        CheckConstraint("outcome IN ('asked', 'reviewed', 'withdrawn', 'closed', 'late')", name="outcome"),
        Index("ix_requests_due", "due_at", postgresql_where=text("done_at IS NULL")),
        {"schema": "reviews"},
    )

    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"), primary_key=True)
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))


class SettingsRow(Base):
    """One row: when buyers are asked, and the words with which a review waits for staff."""

    __tablename__ = "settings"
    __table_args__ = (
        CheckConstraint("only_row", name="one_row"),
        CheckConstraint("ask_after_days BETWEEN 0 AND 60", name="ask_after_days"),
        {"schema": "reviews"},
    )

    only_row: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    ask_after_days: Mapped[int] = mapped_column(Integer, server_default="5")
    blocked_words: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
