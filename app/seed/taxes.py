"""Tax where Meander collects it: in the American states it is registered in, in Canada, Germany and the United Kingdom.

Rates are in millionths. They are those of late 2025 and are there to show how rates are set up; a real shop checks its
own. "reduced" is for books: Germany takes less for them, the United Kingdom nothing, Canada only its federal tax.
"""

import msgspec


class Rate(msgspec.Struct, frozen=True):
    """What one jurisdiction takes at a place. Within a jurisdiction the rate for the smallest place counts."""

    name: str
    jurisdiction: str
    country: str
    rate_ppm: int
    state: str = ""
    postal_pattern: str = ""
    classes: tuple[str, ...] = ("standard", "reduced")


GOODS = ("standard",)
BOOKS = ("reduced",)

RATES = (
    Rate("Washington sales tax", "state", "US", 65_000, "WA"),
    Rate("Seattle sales tax", "city", "US", 38_500, "WA", "98101-98199"),
    Rate("California sales tax", "state", "US", 72_500, "CA"),
    Rate("Los Angeles sales tax", "city", "US", 25_000, "CA", "90001-90099"),
    Rate("San Francisco sales tax", "city", "US", 13_750, "CA", "94102-94188"),
    Rate("New York sales tax", "state", "US", 40_000, "NY"),
    Rate("New York City sales tax", "city", "US", 48_750, "NY", "10001-10292"),
    Rate("Texas sales tax", "state", "US", 62_500, "TX"),
    Rate("Austin sales tax", "city", "US", 20_000, "TX", "78701-78799"),
    # The federal tax is 5%; five provinces take it together with their own as one, four take their own beside it.
    Rate("GST", "country", "CA", 50_000),
    Rate("HST", "country", "CA", 130_000, "ON", classes=GOODS),
    Rate("HST", "country", "CA", 140_000, "NS", classes=GOODS),
    Rate("HST", "country", "CA", 150_000, "NB", classes=GOODS),
    Rate("HST", "country", "CA", 150_000, "NL", classes=GOODS),
    Rate("HST", "country", "CA", 150_000, "PE", classes=GOODS),
    Rate("PST", "state", "CA", 70_000, "BC", classes=GOODS),
    Rate("PST", "state", "CA", 60_000, "SK", classes=GOODS),
    Rate("RST", "state", "CA", 70_000, "MB", classes=GOODS),
    Rate("QST", "state", "CA", 99_750, "QC", classes=GOODS),
    Rate("MwSt.", "country", "DE", 190_000, classes=GOODS),
    Rate("MwSt. (ermäßigt)", "country", "DE", 70_000, classes=BOOKS),
    Rate("VAT", "country", "GB", 200_000, classes=GOODS),
    Rate("VAT (zero rate)", "country", "GB", 0, classes=BOOKS),
)
