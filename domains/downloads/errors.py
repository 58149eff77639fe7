"""What is refused of downloads."""

from domains.kit import Conflict, NotFound
from domains.kit.i18n import gettext as _


class GrantNotFound(NotFound):
    """There is no such download, or it is somebody else's."""

    code = "download_not_found"
    title = _("We could not find this download.")
    hint = _("Open it from your order's page, or use the link in the newest mail.")


class DownloadOver(Conflict):
    """It was there, and ran out or was taken back."""

    code = "download_over"
    title = _("This download has run out.")
    hint = _("Write to us with your order number, and we will open it again.")
