"""What reasons and states are called on the pages of stock."""

from app.web.staff.cells import State
from domains.inventory import STAFF_REASONS, CountStatus, PurchaseStatus, Reason, TransferStatus
from domains.kit.i18n import gettext as _

REASONS = {
    Reason.INITIAL: _("First stock"),
    Reason.RECEIVED: _("Received"),
    Reason.SALE: _("Sold"),
    Reason.CANCELLATION: _("Cancelled order"),
    Reason.RETURN: _("Returned"),
    Reason.COUNT: _("Count"),
    Reason.CORRECTION: _("Correction"),
    Reason.DAMAGED: _("Damaged"),
    Reason.THEFT: _("Theft"),
    Reason.PROMOTION: _("Promotion"),
    Reason.IMPORT: _("Import"),
    Reason.TRANSFER: _("Transfer"),
    Reason.BACKORDER: _("Backorder filled"),
}
TO_CHOOSE = [(str(reason), REASONS[reason]) for reason in STAFF_REASONS]
ALL_REASONS = [(str(reason), words) for reason, words in REASONS.items()]

TRANSFERS = {
    TransferStatus.DRAFT: State(_("Draft")),
    TransferStatus.SENT: State(_("On its way"), "wait"),
    TransferStatus.RECEIVED: State(_("Received"), "good"),
    TransferStatus.CANCELLED: State(_("Cancelled")),
}
PURCHASES = {
    PurchaseStatus.DRAFT: State(_("Draft")),
    PurchaseStatus.ORDERED: State(_("Ordered"), "wait"),
    PurchaseStatus.CLOSED: State(_("Closed"), "good"),
    PurchaseStatus.CANCELLED: State(_("Cancelled")),
}
COUNTS = {
    CountStatus.COUNTING: State(_("Counting"), "wait"),
    CountStatus.CHECKING: State(_("To approve"), "wait"),
    CountStatus.APPROVED: State(_("Approved"), "good"),
    CountStatus.CANCELLED: State(_("Cancelled")),
}


def said_of(
    states: dict[TransferStatus, State] | dict[PurchaseStatus, State] | dict[CountStatus, State],
) -> list[tuple[str, str]]:
    """The states to filter by."""
    return [(str(key), state.label) for key, state in states.items()]
