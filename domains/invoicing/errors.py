"""What invoicing refuses."""

from domains.kit import Conflict, NotFound
from domains.kit.i18n import gettext as _


class DocumentNotFound(NotFound):
    """There is no such document, or it is not the asker's."""

    code = "document_not_found"
    title = _("We could not find this document.")


class NotInvoiced(Conflict):
    """An order that was never confirmed has no invoice."""

    code = "not_invoiced"
    title = _("There is no invoice before an order is paid.")


class CreditUnbalanced(ValueError):
    """The lines of a credit note do not come to what is refunded; a mistake of whoever calls."""
