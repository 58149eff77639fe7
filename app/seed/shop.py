"""Who Meander is, who works there, and who shops there."""

import msgspec

from domains.kit import Address
from domains.store import ShopDetails

PASSWORD = "demo-password"  # noqa: S105 (the demo prints it)
STAFF_CODES = "JBSWY3DPEHPK3PXP"  # the secret of the authenticator apps of those who work there; printed too

DETAILS = ShopDetails(
    name="Meander",
    legal_name="Meander Goods LLC",
    address=("1420 SE Water Avenue, Suite 210", "Portland, OR 97214", "United States"),
    country="US",
    currency="USD",
    time_zone="America/Los_Angeles",
    prices_include_tax=False,
    sender_email="hello@meander.example",
    alerts_email="orders@meander.example",
    countries=("US", "CA", "DE", "GB"),
    tax_rounding="line",
    tax_on_shipping=True,
    tagline="Good things for home, desk and trail.",
)


class Person(msgspec.Struct, frozen=True):
    """An account of the demo; every address ends in @example.com."""

    role: str
    first_name: str
    last_name: str

    @property
    def email(self) -> str:
        return f"{'shopper' if self.role == 'customer' else self.role}@example.com"


SHOPPER = Person("customer", "June", "Alder")
SHOPPER_ADDRESS = Address(
    name="June Alder",
    line1="815 SE Division Street",
    line2="Apartment 4",
    city="Portland",
    state="OR",
    postal_code="97202",
    country="US",
)

STAFF = (
    Person("owner", "Mara", "Quill"),
    Person("manager", "Tomás", "Reyes"),
    Person("support", "Edie", "Blom"),
    Person("warehouse", "Jonah", "Park"),
    Person("finance", "Ruth", "Adeyemi"),
    Person("marketing", "Leo", "Varga"),
)
