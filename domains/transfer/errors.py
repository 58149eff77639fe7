"""What an import refuses before it looks at any row."""

from domains.kit import Conflict, DomainError
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
