"""What the home page is made of: sections of a few kinds, each checked by itself.

Goods, categories and pictures are named by their ids alone: what is gone, or not shown, is left out where it is shown.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import ClassVar
from uuid import UUID

import msgspec

from domains.content.paths import link_target, not_ours
from domains.content.rich_text import rich_text
from domains.kit import Invalid, new_id
from domains.kit.i18n import gettext as _

MOST_SECTIONS, MOST_PRODUCTS, MOST_PROMISES = 20, 24, 8
ICONS = (
    "calendar", "truck", "package", "return", "lock", "shield", "account", "gift", "heart", "star", "leaf", "tag",
    "phone", "mail", "clock",
)  # fmt: skip


class Section(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """A part of the home page; `id` is its anchor there."""

    label: ClassVar[str] = ""

    id: str
    heading: str = ""


class Banner(Section, frozen=True, kw_only=True, tag="banner"):
    """Words beside a picture, with one thing to do. `has_drawing`: the drawing that comes with the shop."""

    label: ClassVar[str] = _("Banner")

    text: str = ""
    link: str = ""
    link_label: str = ""
    picture_id: UUID | None = None
    alt: str = ""
    has_drawing: bool = False


class Categories(Section, frozen=True, kw_only=True, tag="categories"):
    """The categories at the top of the tree, each with its picture."""

    label: ClassVar[str] = _("All categories")

    count: int = 12


class FeaturedCategory(Section, frozen=True, kw_only=True, tag="category"):
    """A category with what sells first in it."""

    label: ClassVar[str] = _("One category")

    category_id: UUID
    text: str = ""
    count: int = 4


class ChosenProducts(Section, frozen=True, kw_only=True, tag="products"):
    """Products that staff chose, in their order."""

    label: ClassVar[str] = _("Chosen products")

    product_ids: tuple[UUID, ...]


class Newest(Section, frozen=True, kw_only=True, tag="newest"):
    """What was published last."""

    label: ClassVar[str] = _("Newest products")

    count: int = 8


class Bestsellers(Section, frozen=True, kw_only=True, tag="bestsellers"):
    """What sold most."""

    label: ClassVar[str] = _("Best sellers")

    count: int = 4


class Words(Section, frozen=True, kw_only=True, tag="words"):
    """Rich text, written as Markdown with placeholders."""

    label: ClassVar[str] = _("Words")

    body: str = ""

    @property
    def html(self) -> str:
        return _rich(self.body)


class Promise(msgspec.Struct, frozen=True):
    """A sign, a few words, and a sentence in Markdown."""

    icon: str
    title: str
    text: str = ""

    @property
    def html(self) -> str:
        return _rich(self.text)


class Promises(Section, frozen=True, kw_only=True, tag="promises"):
    """What shoppers can count on, in a row of signs."""

    label: ClassVar[str] = _("Promises")

    promises: tuple[Promise, ...] = ()


type AnySection = Banner | Categories | FeaturedCategory | ChosenProducts | Newest | Bestsellers | Words | Promises
type Sections = tuple[AnySection, ...]

KINDS: dict[str, type[Section]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (Banner, FeaturedCategory, ChosenProducts, Newest, Bestsellers, Categories, Words, Promises)
}

_rich = lru_cache(maxsize=512)(rich_text)


def kind_of(section: Section) -> str:
    return str(section.__struct_config__.tag)


def new_section_id() -> str:
    return f"s-{new_id().hex[-10:]}"


def check_section(section: AnySection) -> None:
    """Raises `Invalid` with every wrong field by name."""
    wrong: dict[str, str] = {}
    if len(section.heading) > 150:
        wrong["heading"] = _("Use at most {longest} characters.").format(longest=150)
    match section:
        case Banner():
            wrong |= _wrong_banner(section)
        case Categories() | FeaturedCategory() | Newest() | Bestsellers():
            if not 1 <= section.count <= 24:
                wrong["count"] = _("Enter a number from 1 to {most}.").format(most=24)
            if isinstance(section, FeaturedCategory) and len(section.text) > 600:
                wrong["text"] = _("Use at most {longest} characters.").format(longest=600)
        case ChosenProducts():
            if not 1 <= len(section.product_ids) <= MOST_PRODUCTS:
                wrong["products"] = _("Name 1 to {most} products.").format(most=MOST_PRODUCTS)
        case Words():
            if not section.body.strip() or len(section.body) > 20_000:
                wrong["body"] = _("Enter 1 to {longest} characters.").format(longest=20_000)
        case Promises():
            wrong |= _wrong_promises(section.promises)
    if not section.heading.strip() and not isinstance(section, FeaturedCategory | Promises):
        wrong["heading"] = _("Enter a heading.")
    if wrong:
        raise Invalid(wrong)


def _wrong_banner(banner: Banner) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if len(banner.text) > 600:
        wrong["text"] = _("Use at most {longest} characters.").format(longest=600)
    if len(banner.alt) > 512:
        wrong["alt"] = _("Use at most {longest} characters.").format(longest=512)
    if banner.picture_id is not None and not banner.alt.strip():
        wrong["alt"] = _("Say what is to be seen, for those who do not see the picture.")
    if len(banner.link_label) > 60:
        wrong["link_label"] = _("Use at most {longest} characters.").format(longest=60)
    if banner.link and not link_target(banner.link):
        wrong["link"] = not_ours()
    if bool(banner.link) != bool(banner.link_label.strip()):
        wrong["link_label" if banner.link else "link"] = _("A button needs both, its words and where it leads.")
    return wrong


def _wrong_promises(promises: Collection[Promise]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not 1 <= len(promises) <= MOST_PROMISES:
        wrong["title1"] = _("Make 1 to {most} promises.").format(most=MOST_PROMISES)
    for number, promise in enumerate(promises, 1):
        if not 1 <= len(promise.title.strip()) <= 80:
            wrong[f"title{number}"] = _("Enter 1 to {longest} characters.").format(longest=80)
        if len(promise.text) > 300:
            wrong[f"text{number}"] = _("Use at most {longest} characters.").format(longest=300)
        if promise.icon not in ICONS:
            wrong[f"icon{number}"] = _("Choose one of the values offered.")
    return wrong
