"""What the catalogue refuses."""

from domains.kit import Conflict, Invalid, NotFound
from domains.kit.i18n import gettext as _


class CategoryNotFound(NotFound):
    """No category has this address, or it is not shown."""

    code = "category_not_found"
    title = _("We could not find this category.")
    hint = _("It may have moved. Search for what you need, or start from the front page.")


class ProductNotFound(NotFound):
    """No product has this address."""

    code = "product_not_found"
    title = _("We could not find this product.")
    hint = _("Check the address, or search for what you need.")


class ProductGone(ProductNotFound):
    """There was such a product, and it is no longer sold; `name` and `category` help to find something like it."""

    code = "product_gone"
    title = _("This product is no longer sold.")
    hint = _("Perhaps something beside it serves you as well.")

    def __init__(self, name: str, category: tuple[str, str] | None) -> None:
        self.name = name
        self.category = category
        super().__init__()


class VariantNotFound(NotFound):
    """No variant has this id."""

    code = "variant_not_found"
    title = _("We could not find this variant.")


class NotMade(Conflict):
    """The shopper's choices are each there, but not together."""

    code = "not_made"
    title = _("It is not made in this combination.")
    hint = _("Choose another one.")


class MediaNotFound(NotFound):
    """No picture has this id."""

    code = "media_not_found"
    title = _("We could not find this picture.")


class FileNotKept(NotFound):
    """No file has this id."""

    code = "file_not_found"
    title = _("We could not find this file.")


class AttributeNotFound(NotFound):
    """No attribute has this code."""

    code = "attribute_not_found"
    title = _("We could not find this attribute.")


class ChangedMeanwhile(Conflict):
    """Somebody else has saved the product since it was opened."""

    code = "changed_meanwhile"
    title = _("Somebody else has changed this product since you opened it.")
    hint = _("Look at both versions, and decide which one stays.")


class CategoryChangedMeanwhile(Conflict):
    """Somebody else has saved the category since it was opened."""

    code = "changed_meanwhile"
    title = _("Somebody else has changed this category since you opened it.")
    hint = _("What you entered is still here; saving it again puts it in the place of theirs.")


class WasSold(Conflict):
    """A product that was ordered, has prices or stock, or lies in somebody's cart, stays in the books."""

    code = "was_sold"
    title = _("This product stands in the books (orders, prices, stock or carts), so it cannot be deleted.")
    hint = _("Archive it: it leaves the lists, and old orders keep it.")


class TooDeep(Conflict):
    """A tree of categories that nobody finds the way in."""

    code = "too_deep"
    title = _("Categories go at most eight levels deep.")
    hint = _("Choose a place nearer to the top.")


class CategoryInUse(Conflict):
    """A category with products or further categories in it."""

    code = "category_in_use"
    title = _("There is still something in this category.")
    hint = _("Move its products and categories elsewhere first, or hide it.")


class AttributeInUse(Conflict):
    """An attribute or a choice of it that products have."""

    code = "attribute_in_use"
    title = _("There are products that have this.")
    hint = _("Take it off them first.")


class CategoryBelowItself(Conflict):
    """A category cannot stand below itself."""

    code = "category_below_itself"
    title = _("A category cannot stand below itself.")
    hint = _("Choose another place for it.")


class CannotPublish(Conflict):
    """A product without anything to choose cannot be shown."""

    code = "cannot_publish"
    title = _("This product cannot be published yet.")
    hint = _("Give it at least one variant that is active.")


class PictureRefused(Invalid):
    """An upload that is not a picture we take."""

    code = "picture_refused"

    def __init__(self, problem: str) -> None:
        super().__init__({"picture": problem})
