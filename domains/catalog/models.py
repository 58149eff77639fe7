"""Tables of the catalogue: the tree, typed attributes, products with options and variants, pictures."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base, new_id

_SLUG = "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'"
_SKU = "sku <> '' AND sku = btrim(sku)"
_NOW = text("kit.now()")


class Media(Base):
    """A picture as we keep it; its key names its content, so the object behind a key never changes."""

    __tablename__ = "media"
    __table_args__ = (
        CheckConstraint("width > 0 AND height > 0 AND bytes > 0", name="size"),
        CheckConstraint("content_type IN ('image/webp', 'image/jpeg', 'image/png', 'image/avif')", name="content_type"),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    content_type: Mapped[str] = mapped_column(String(50))
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    bytes: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Rendition(Base):
    """A smaller or better packed version of a picture, made by the worker."""

    __tablename__ = "renditions"
    __table_args__ = (
        CheckConstraint("width > 0 AND height > 0 AND bytes > 0", name="size"),
        CheckConstraint("format IN ('webp', 'avif')", name="format"),
        {"schema": "catalog"},
    )

    media_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.media.id", ondelete="CASCADE"), primary_key=True)
    format: Mapped[str] = mapped_column(String(10), primary_key=True)
    width: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    height: Mapped[int] = mapped_column(Integer)
    key: Mapped[str] = mapped_column(String(120))
    bytes: Mapped[int] = mapped_column(Integer)


class File(Base):
    """A file that is sold: kept apart from pictures, under a key that no page shows; its content never changes."""

    __tablename__ = "files"
    __table_args__ = (
        CheckConstraint("bytes > 0", name="bytes"),
        CheckConstraint("name <> ''", name="name"),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(255))
    content_type: Mapped[str] = mapped_column(String(100))
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class Category(Base):
    """A shelf of the shop. A trigger refuses a parent that would close a circle."""

    __tablename__ = "categories"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint(_SLUG, name="slug"),
        CheckConstraint("parent_id <> id", name="own_parent"),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.categories.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    slug: Mapped[str] = mapped_column(String(255), unique=True)
    description: Mapped[str | None] = mapped_column(Text)
    sort_order: Mapped[int] = mapped_column(Integer, server_default="0")
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    picture_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.media.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class Attribute(Base):
    """A property that products have a value of: text, a number with a unit, yes or no, or one of several choices."""

    __tablename__ = "attributes"
    __table_args__ = (
        CheckConstraint("code ~ '^[a-z][a-z0-9_]*$'", name="code"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("kind IN ('text', 'number', 'boolean', 'choice')", name="kind"),
        CheckConstraint("unit IS NULL OR kind = 'number'", name="unit"),
        CheckConstraint("jsonb_typeof(choices) = 'array'", name="choices_list"),
        CheckConstraint("(kind = 'choice') = (jsonb_array_length(choices) > 0)", name="choices"),
        {"schema": "catalog"},
    )

    code: Mapped[str] = mapped_column(String(50), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str | None] = mapped_column(String(20))
    choices: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))


class CategoryAttribute(Base):
    """Products at home in this category, or in one below it, may (or must) have this attribute."""

    __tablename__ = "category_attributes"
    __table_args__ = ({"schema": "catalog"},)

    category_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.categories.id", ondelete="CASCADE"), primary_key=True)
    attribute_code: Mapped[str] = mapped_column(ForeignKey("catalog.attributes.code"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    is_required: Mapped[bool] = mapped_column(server_default=text("false"))


class Product(Base):
    """What is offered. What is sold is one of its variants; prices are rows of `pricing`, stock of `inventory`.

    `description` is its text. Where the text has a form beyond paragraphs (lists, headings, links), that form stands
    in `description_html`, sanitised when it was written, and `description` is the same text without it.
    `product_type` is the merchant's own word for what it is, beside the category it stands in.
    """

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint(_SKU, name="sku"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint(_SLUG, name="slug"),
        CheckConstraint("brand <> ''", name="brand"),
        CheckConstraint("weight_grams >= 0", name="weight_grams"),
        CheckConstraint("tax_class <> ''", name="tax_class"),
        CheckConstraint("jsonb_typeof(attributes) = 'object'", name="attributes"),
        CheckConstraint("product_type <> ''", name="product_type"),
        CheckConstraint("seo_title <> '' AND seo_description <> ''", name="seo"),
        CheckConstraint("archived_at IS NULL OR NOT is_active", name="archived"),
        # The lists of the back office: newest change first, by name, and by a part of the name.
        Index("ix_products_updated_at", "updated_at", "id"),
        Index("ix_products_name", "name", "id"),
        Index("ix_products_brand", "brand"),
        Index("ix_products_name_trgm", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sku: Mapped[str] = mapped_column(String(50), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(255), unique=True)
    description: Mapped[str | None] = mapped_column(Text)
    description_html: Mapped[str | None] = mapped_column(Text)
    brand: Mapped[str | None] = mapped_column(String(100))
    product_type: Mapped[str | None] = mapped_column(String(255))
    category_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.categories.id"), index=True)
    weight_grams: Mapped[int | None] = mapped_column(Integer)
    tax_class: Mapped[str] = mapped_column(String(30), server_default="standard")
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    seo_title: Mapped[str | None] = mapped_column(String(255))
    seo_description: Mapped[str | None] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    published_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class ProductCategory(Base):
    """A further category in which a product is shown, beside its home."""

    __tablename__ = "product_categories"
    __table_args__ = ({"schema": "catalog"},)

    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"), primary_key=True)
    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalog.categories.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Option(Base):
    """What a shopper chooses of a product: its size, its colour."""

    __tablename__ = "options"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        UniqueConstraint("product_id", "name"),
        UniqueConstraint("id", "product_id"),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(50))
    position: Mapped[int] = mapped_column(Integer, server_default="0")


class OptionValue(Base):
    """One choice of an option; `swatch` is its colour as #rrggbb."""

    __tablename__ = "option_values"
    __table_args__ = (
        CheckConstraint("value <> ''", name="value"),
        CheckConstraint("swatch ~ '^#[0-9a-f]{6}$'", name="swatch"),
        UniqueConstraint("option_id", "value"),
        UniqueConstraint("id", "option_id"),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    option_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.options.id", ondelete="CASCADE"))
    value: Mapped[str] = mapped_column(String(100))
    swatch: Mapped[str | None] = mapped_column(String(7))
    position: Mapped[int] = mapped_column(Integer, server_default="0")


class Variant(Base):
    """What is sold: one combination of option values with a SKU of its own.

    A `digital` one is a file: it weighs nothing, is not counted and is not sent.

    `combination` is written by a trigger from the variant's values; two variants of a product never have the same.
    That is looked at after each statement, or once at the end of an operation that gives several their values.
    """

    __tablename__ = "variants"
    __table_args__ = (
        CheckConstraint(_SKU, name="sku"),
        CheckConstraint("weight_grams >= 0", name="weight_grams"),
        CheckConstraint("barcode <> ''", name="barcode"),
        CheckConstraint("kind IN ('physical', 'digital')", name="kind"),
        CheckConstraint("kind = 'digital' OR file_id IS NULL", name="file"),
        CheckConstraint("kind = 'physical' OR weight_grams IS NULL", name="weightless"),
        UniqueConstraint("id", "product_id"),
        UniqueConstraint("product_id", "combination", deferrable=True, initially="IMMEDIATE"),
        Index("uq_variants_default", "product_id", unique=True, postgresql_where=text("is_default")),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"))
    sku: Mapped[str] = mapped_column(String(50), unique=True)
    combination: Mapped[str] = mapped_column(Text, server_default="")
    barcode: Mapped[str | None] = mapped_column(String(50))
    weight_grams: Mapped[int | None] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    picture_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.media.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), server_default="physical")
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.files.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW, onupdate=_NOW)


class VariantValue(Base):
    """The value a variant has for an option; the keys hold variant, option and value to the same product."""

    __tablename__ = "variant_values"
    __table_args__ = (
        ForeignKeyConstraint(
            ["variant_id", "product_id"], ["catalog.variants.id", "catalog.variants.product_id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["option_id", "product_id"], ["catalog.options.id", "catalog.options.product_id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["value_id", "option_id"], ["catalog.option_values.id", "catalog.option_values.option_id"]
        ),
        Index("ix_variant_values_value_id", "value_id"),
        {"schema": "catalog"},
    )

    variant_id: Mapped[UUID] = mapped_column(primary_key=True)
    option_id: Mapped[UUID] = mapped_column(primary_key=True)
    value_id: Mapped[UUID]
    product_id: Mapped[UUID]


class ProductImage(Base):
    """A picture of a product, in order, with the words for those who do not see it."""

    __tablename__ = "product_images"
    __table_args__ = ({"schema": "catalog"},)

    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"), primary_key=True)
    media_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.media.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    alt: Mapped[str] = mapped_column(String(512), server_default="")


class Redirect(Base):
    """A path that was once the address of a product or a category, and leads to wherever that is now."""

    __tablename__ = "redirects"
    __table_args__ = (
        CheckConstraint("path ~ '^/[a-z]+/.'", name="path"),
        CheckConstraint("num_nonnulls(product_id, category_id) = 1", name="target"),
        {"schema": "catalog"},
    )

    path: Mapped[str] = mapped_column(Text, primary_key=True)
    product_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"), index=True)
    category_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("catalog.categories.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
