"""What an import refuses before it looks at any row."""

from collections.abc import Sequence

from domains.kit import Conflict, DomainError, NotFound
from domains.kit.i18n import gettext as _


class FileRefused(DomainError):
    """The file cannot be read as Shopify's product CSV; the title says why, the hint what to do."""

    code = "file_refused"


class ImportUnderWay(Conflict):
    """Another import is at work."""

    code = "import_under_way"
    title = _("Another import is under way.")
    hint = _("Wait until it has ended, and start this one again.")


class NoWarehouse(Conflict):
    """There is no place for the stock."""

    code = "no_warehouse"
    title = _("The shop has no open warehouse to put the stock into.")
    hint = _("Open one, or leave the column of quantities out of the file.")


class ImportNotFound(NotFound):
    """No import has this id."""

    code = "import_not_found"
    title = _("We could not find this import.")


class NotNow(Conflict):
    """The import is at another step."""

    code = "import_at_another_step"
    title = _("This cannot be done with the import now.")
    hint = _("Somebody may have done it meanwhile. Look how far it is.")


class ChangedSinceImport(Conflict):
    """Products of the import are no longer as it has left them."""

    code = "changed_since_import"
    hint = _("Nothing was undone. Take the later changes back first, or mend the products by hand.")

    def __init__(self, names: Sequence[str], count: int) -> None:
        told = ", ".join(names) + (" …" if count > len(names) else "")
        super().__init__(_("{count} products were changed after the import: {names}.").format(count=count, names=told))


class NotUndoable(Conflict):
    """The import cannot be taken back by itself."""

    code = "import_not_undoable"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The options of {name} were rebuilt with new variants, which cannot be taken back.").format(name=name)
            if name
            else _("An import that was undone cannot be brought back; hand the file in again.")
        )
