"""The form of a category: what it sends, and what was wrong with it."""

from collections.abc import Mapping

import msgspec

from domains.catalog import CategoryChangedMeanwhile, PictureRefused
from domains.kit import Conflict, Invalid


class Words(msgspec.Struct, forbid_unknown_fields=True):
    """What is said of a category; `parent` is empty for the top."""

    name: str
    parent: str = ""
    slug: str = ""
    description: str = ""
    is_active: bool = False
    remove_picture: bool = False


class Details(Words, kw_only=True, forbid_unknown_fields=True):
    """The page of a category that is there; `version` is the one that was looked at."""

    version: int


class Seen(msgspec.Struct):
    """The version of the category whose properties were looked at."""

    version: int


def errors_of(refused: Invalid | Conflict) -> dict[str, str]:
    if isinstance(refused, PictureRefused):
        return {"picture": refused.fields["picture"]}
    if isinstance(refused, Invalid):
        return {("parent" if field == "category_id" else field): message for field, message in refused.fields.items()}
    return {"" if isinstance(refused, CategoryChangedMeanwhile) else "parent": f"{refused.title} {refused.hint}"}


def typed(sent: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: values[-1] for name, values in sent.items()}
