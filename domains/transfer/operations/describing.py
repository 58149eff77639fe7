"""What new products and those that are here have in common: tax class, attributes, pictures."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domains.kit.i18n import gettext as _
from domains.transfer.goods import Goods
from domains.transfer.operations import picturing
from domains.transfer.operations.intake import Intake
from domains.transfer.operations.picturing import Album, Shown
from domains.transfer.reports import Finding
from domains.transfer.shelves import LeftOut, NotAValue


async def tax_class_of(intake: Intake, goods: Goods, present: str | None, notes: list[Finding]) -> str:
    code = goods.tax_code
    found = await intake.shelves.tax_class(intake.tx, is_taxed=goods.is_taxed, code=code, present=present)
    if code and code not in intake.shelves.tax_classes:
        notes.append(
            intake.finding(
                goods.row,
                "tax_code",
                _("the shop has no tax class {code}; it is taxed as {found}").format(code=code, found=found),
                _("Add the tax class first, or choose one for the product afterwards."),
            )
        )
    return found


async def attributes_of(
    intake: Intake,
    goods: Goods,
    category_id: UUID,
    present: dict[str, Any],
    problems: list[Finding],
    notes: list[Finding],
) -> dict[str, Any]:
    """The product's attributes after the import; those that its home does not have are added to it."""
    values = dict(present)
    for place, column in intake.columns.attributes.items():
        row, text = goods.attributes.get(place, (goods.row, ""))
        if not text:
            values.pop(column.code, None)
            continue
        try:
            values[column.code] = await intake.shelves.value(intake.tx, column, text)
        except NotAValue as error:
            problem = _("“{text}” is no {name}").format(text=text[:50], name=column.name)
            problems.append(Finding(row, intake.columns.headings[place], problem, str(error)))
        except LeftOut as left:
            values.pop(column.code, None)
            notes.append(Finding(row, intake.columns.headings[place], str(left)))
    await intake.shelves.let_have(intake.tx, category_id, values)
    for attribute in (await intake.shelves.attributes_in(intake.tx, category_id)).values():
        if attribute.is_required and attribute.code not in values:
            problems.append(
                Finding(
                    goods.row,
                    attribute.name,
                    _("products of {category} need a value here").format(
                        category=" > ".join(intake.shelves.paths[category_id])
                    ),
                    _("Add the column “{name} (product.metafields.attribute_{kind}.{code})” and fill it in.").format(
                        name=attribute.name, kind=attribute.kind, code=attribute.code
                    ),
                )
            )
    return values


def pictures_of(intake: Intake, goods: Goods, album: Album, present: Sequence[Shown] = ()) -> list[Shown]:
    given = [
        Shown(album.addresses[picture.url], picture.alt) for picture in goods.pictures if picture.url in album.addresses
    ]
    return picturing.arranged(given, present, keep_alt=not intake.columns.has("image_alt"))


def note_lost_pictures(intake: Intake, goods: Goods, album: Album, notes: list[Finding]) -> None:
    notes += [
        intake.finding(
            picture.row,
            "image",
            _("left out: this shop has no such picture any more"),
            _("Give the address of a picture that is there."),
        )
        for picture in goods.pictures
        if picture.url not in album.addresses
    ]
