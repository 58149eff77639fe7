"""What is typed into the form of a section of the home page, and the section that it makes."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.routes.staff.own_addresses import within_the_shop
from app.web.htmx import AnyRequest
from domains import catalog, content
from domains.content import (
    MOST_PRODUCTS,
    MOST_PROMISES,
    Banner,
    Bestsellers,
    Categories,
    ChosenProducts,
    FeaturedCategory,
    Newest,
    Promise,
    Promises,
    Words,
)
from domains.kit import Invalid, Transaction
from domains.kit.i18n import gettext as _

type Typed = Mapping[str, str]

ICONS = {
    "calendar": _("Calendar"), "truck": _("Lorry"), "package": _("Parcel"), "return": _("Arrow back"),
    "lock": _("Lock"), "shield": _("Shield"), "account": _("Person"), "gift": _("Gift"), "heart": _("Heart"),
    "star": _("Star"), "leaf": _("Leaf"), "tag": _("Tag"), "phone": _("Telephone"), "mail": _("Letter"),
    "clock": _("Clock"),
}  # fmt: skip
ABOUT = {
    "banner": _("A heading, a sentence and a button, beside a picture. The one at the top is the first thing seen."),
    "category": _("What sells first in a category, with the way to all of it."),
    "products": _("Products that you name, in your order."),
    "newest": _("What was published last. It fills itself."),
    "bestsellers": _("What sold most in the last 90 days. It fills itself."),
    "categories": _("The categories at the top, each with its picture."),
    "words": _("A heading beside a few paragraphs."),
    "promises": _("What shoppers can count on, each with a sign."),
}
_COUNTS = {"category": 4, "newest": 8, "bestsellers": 4, "categories": 12}


async def typed_of(tx: Transaction, section: content.AnySection) -> dict[str, str]:
    """The form as it is filled in when a section is opened."""
    typed = {"heading": section.heading}
    match section:
        case Banner():
            kept = "kept" if section.picture_id else "drawing" if section.has_drawing else "none"
            typed |= {name: getattr(section, name) for name in ("text", "link", "link_label", "alt")}
            typed |= {"picture": kept, "picture_id": str(section.picture_id or "")}
        case FeaturedCategory():
            typed |= {"category": str(section.category_id), "text": section.text, "count": str(section.count)}
        case ChosenProducts():
            slugs = await catalog.product_slugs(tx, section.product_ids)
            typed["products"] = "\n".join(f"/products/{slugs[one]}" for one in section.product_ids if one in slugs)
        case Categories() | Newest() | Bestsellers():
            typed["count"] = str(section.count)
        case Words():
            typed["body"] = section.body
        case Promises():
            typed |= _rows(section.promises)
    return typed


def empty_form(kind: str) -> dict[str, str]:
    return {"count": str(_COUNTS.get(kind, "")), "picture": "none"}


async def section_from(
    tx: Transaction, request: AnyRequest, kind: str, typed: Typed, *, section_id: str = "new"
) -> content.AnySection:
    """The section that was typed. Raises `Invalid` with what cannot be read; its own rules are the domain's."""
    heading = typed.get("heading", "").strip()
    text = typed.get("text", "").strip()
    match kind:
        case "banner":
            return await _banner(tx, request, typed, section_id)
        case "category":
            known = {str(one.id) for one in await catalog.category_lines(tx)}
            if typed.get("category") not in known:
                raise Invalid({"category": _("Choose a category.")})
            wanted = UUID(typed["category"])
            return FeaturedCategory(id=section_id, heading=heading, category_id=wanted, text=text, count=_count(typed))
        case "products":
            return ChosenProducts(
                id=section_id, heading=heading, product_ids=await _products(tx, typed.get("products", ""))
            )
        case "newest":
            return Newest(id=section_id, heading=heading, count=_count(typed))
        case "bestsellers":
            return Bestsellers(id=section_id, heading=heading, count=_count(typed))
        case "categories":
            return Categories(id=section_id, heading=heading, count=_count(typed))
        case "words":
            return Words(id=section_id, heading=heading, body=typed.get("body", "").strip())
        case _:
            return Promises(id=section_id, heading=heading, promises=tuple(_promises(typed)))


async def _banner(tx: Transaction, request: AnyRequest, typed: Typed, section_id: str) -> Banner:
    link = typed.get("link", "").strip()
    picture_id = None
    if typed.get("picture") == "kept":
        picture_id = id_or_none(typed.get("picture_id", ""))
        if picture_id not in await catalog.pictures_of(tx, [picture_id]):
            raise Invalid({"picture": _("This picture is not there any more. Choose another one.")})
    return Banner(
        id=section_id,
        heading=typed.get("heading", "").strip(),
        text=typed.get("text", "").strip(),
        link=(link if link.startswith("#") else content.own_path(within_the_shop(request, link)) or link),
        link_label=typed.get("link_label", "").strip(),
        picture_id=picture_id,
        alt=typed.get("alt", "").strip() if picture_id else "",
        has_drawing=typed.get("picture") == "drawing",
    )


async def _products(tx: Transaction, typed: str) -> tuple[UUID, ...]:
    """The products of these lines, each a SKU or the address of a product."""
    lines = list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
    if len(lines) > MOST_PRODUCTS:
        raise Invalid({"products": _("Name 1 to {most} products.").format(most=MOST_PRODUCTS)})
    owners = await catalog.owners_of_skus(tx, lines)
    found: list[UUID] = []
    unknown: list[str] = []
    for line in lines:
        if line in owners:
            found.append(owners[line][0].product_id)
            continue
        slug = line.partition("/products/")[2].partition("?")[0].strip("/")
        try:
            found.append((await catalog.product_by_slug(tx, slug)).id)
        except catalog.ProductNotFound:
            unknown.append(line)
    if unknown:
        words = _("No product is shown under {names}. Enter a SKU or an address, one a line.")
        raise Invalid({"products": words.format(names=", ".join(unknown))})
    return tuple(dict.fromkeys(found))


def id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _count(typed: Typed) -> int:
    text = typed.get("count", "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 4):
        raise Invalid({"count": _("Enter a number from 1 to {most}.").format(most=24)})
    return int(text)


def _promises(typed: Typed) -> list[Promise]:
    rows = [
        (typed.get(f"icon{n}", ""), typed.get(f"title{n}", "").strip(), typed.get(f"text{n}", "").strip())
        for n in range(1, MOST_PROMISES + 1)
    ]
    return [Promise(icon, title, text) for icon, title, text in rows if title or text]


def _rows(promises: Sequence[Promise]) -> dict[str, str]:
    rows: dict[str, str] = {}
    for number, one in enumerate(promises, 1):
        rows |= {f"icon{number}": one.icon, f"title{number}": one.title, f"text{number}": one.text}
    return rows


def closed_up(typed: Typed) -> dict[str, str]:
    """The form with no row left out between others, as the mistakes are numbered."""
    others = {name: value for name, value in typed.items() if not name.startswith(("icon", "title", "text"))}
    return {**others, **({"text": typed["text"]} if "text" in typed else {}), **_rows(_promises(typed))}


def told(section: content.AnySection) -> dict[str, Any]:
    """A section as a row of the list."""
    kind = content.kind_of(section)
    return {"id": section.id, "kind": content.KINDS[kind].label, "heading": section.heading}
