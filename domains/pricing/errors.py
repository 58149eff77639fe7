"""What pricing refuses."""

from domains.kit import NotFound
from domains.kit.i18n import gettext as _


class TaxClassUnknown(NotFound):
    """No goods are taxed under this code."""

    code = "tax_class_unknown"
    title = _("There is no such tax class.")


class TaxRateUnknown(NotFound):
    """No jurisdiction takes this rate, or none any more."""

    code = "tax_rate_unknown"
    title = _("There is no such tax rate.")
