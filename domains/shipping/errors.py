"""What shipping refuses."""

from domains.kit import Conflict, NotFound
from domains.kit.i18n import gettext as _


class NoDelivery(Conflict):
    """We deliver nothing to this place; or nothing as heavy as this, then `is_too_heavy` is true."""

    code = "no_delivery"
    title = _("We do not deliver to this address.")
    hint = _("Enter another address, or write to us and we will see what we can do.")

    def __init__(self, *, is_too_heavy: bool = False) -> None:
        self.is_too_heavy = is_too_heavy
        if is_too_heavy:
            super().__init__(
                _("No delivery service takes this order to your address."),
                _("Take fewer things at a time, or enter another address."),
            )
        else:
            super().__init__()


class MethodUnknown(NotFound):
    """There is no such way to deliver."""

    code = "method_unknown"
    title = _("There is no such way to deliver.")


class ZoneInUse(Conflict):
    """A zone that has ways to deliver is not removed."""

    code = "zone_in_use"
    title = _("This zone has ways to deliver.")
    hint = _("Stop offering them instead; orders that chose one keep it.")


class ZoneUnknown(NotFound):
    """There is no such zone."""

    code = "zone_unknown"
    title = _("There is no such delivery zone.")
