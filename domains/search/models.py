"""The read model of listings and search: one document per product that is shown, and the words they contain."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from domains.kit import Base


class Document(Base):
    """What is found, filtered and ordered by. `card` is what a listing shows but for price and stock.

    `words` are stems, each with the letters of its weight (see `domains.search.weighing`); `vocabulary` are the words
    that `terms` counts it for; `form` is the version of what made it. `price_from` and `is_available` order listings
    only; what a card says of price and stock is asked for fresh. `category_ids` are all categories that show the
    product, those above its own included. `tokens` is what filters find it by (see `domains.search.facts`), its offers'
    tokens included.
    """

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("cardinality(variant_ids) > 0", name="variants"),
        Index("ix_documents_words", "words", postgresql_using="gin"),
        Index("ix_documents_skus", "skus", postgresql_using="gin"),
        Index("ix_documents_category_ids", "category_ids", postgresql_using="gin"),
        Index("ix_documents_tokens", "tokens", postgresql_using="gin"),
        Index("ix_documents_published_at", "published_at", "product_id"),
        {"schema": "search"},
    )

    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"), primary_key=True)
    words: Mapped[Any] = mapped_column(TSVECTOR)
    vocabulary: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    form: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    skus: Mapped[list[str]] = mapped_column(ARRAY(Text))
    category_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    variant_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    sort_name: Mapped[str] = mapped_column(Text)
    price_currency: Mapped[str | None] = mapped_column(String(3))
    price_from: Mapped[int | None] = mapped_column(BigInteger)
    price_to: Mapped[int | None] = mapped_column(BigInteger)
    is_available: Mapped[bool] = mapped_column(server_default=text("false"))
    tokens: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    rating_count: Mapped[int] = mapped_column(Integer, server_default="0")
    rating_average: Mapped[Decimal | None] = mapped_column(Numeric(3, 2))
    sold: Mapped[int] = mapped_column(Integer, server_default="0")
    published_at: Mapped[datetime]
    card: Mapped[dict[str, Any]] = mapped_column(JSONB)
    refreshed_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))


class Term(Base):
    """A word by which documents are named or sorted, and of how many: for suggestions, and for what may be meant."""

    __tablename__ = "terms"
    __table_args__ = (
        Index("ix_terms_beginning", "word", postgresql_ops={"word": "text_pattern_ops"}),
        Index("ix_terms_word", "word", postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"}),
        {"schema": "search"},
    )

    word: Mapped[str] = mapped_column(Text, primary_key=True)
    documents: Mapped[int] = mapped_column(Integer, server_default="0")


class Offer(Base):
    """A variant that is shown and has a price: what it costs, and the tokens that are true of this very variant."""

    __tablename__ = "offers"
    __table_args__ = ({"schema": "search"},)

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("search.documents.product_id", ondelete="CASCADE"), primary_key=True
    )
    variant_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku: Mapped[str] = mapped_column(String(50))
    price: Mapped[int] = mapped_column(BigInteger)
    tokens: Mapped[list[str]] = mapped_column(ARRAY(Text))


class FacetValue(Base):
    """How a token is written for people: its value as the catalogue spells it, an option's name, a colour's swatch.

    A token that no document has any more keeps its row until the next `rebuild`; only what is counted is looked up.
    """

    __tablename__ = "facet_values"
    __table_args__ = ({"schema": "search"},)

    token: Mapped[str] = mapped_column(Text, primary_key=True)
    facet_name: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    swatch: Mapped[str | None] = mapped_column(String(7))
