"""Where Meander's goods lie, and how they get to people: warehouses, zones, methods, prices by weight and value."""

import msgspec


class Warehouse(msgspec.Struct, frozen=True):
    code: str
    name: str
    country: str
    priority: int


PORTLAND = Warehouse("PDX", "Portland, Oregon", "US", 1)
ROTTERDAM = Warehouse("RTM", "Rotterdam", "NL", 2)


class Place(msgspec.Struct, frozen=True):
    country: str
    state: str = ""


class Method(msgspec.Struct, frozen=True):
    """`amounts` are US cents for parcels below 2 kg, below 6 kg, and heavier; free from an order of `free_from`."""

    code: str
    name: str
    description: str
    days_min: int
    days_max: int
    amounts: tuple[int, int, int]
    free_from: int | None = None
    pick_up_at: str = ""
    """The code of the warehouse where it is picked up."""


class Carrier(msgspec.Struct, frozen=True):
    """Who brings parcels; `adapter` is the program that speaks with it."""

    code: str
    name: str
    tracking_page: str = ""
    adapter: str = "manual"


PAST_CARRIER = "ups"  # of all that was sent before the shop was opened
CARRIERS = (
    Carrier(PAST_CARRIER, "UPS", "https://www.ups.com/track?tracknum={number}"),
    Carrier("simulated-post", "Simulated Post", adapter="simulated"),
)


class Zone(msgspec.Struct, frozen=True):
    name: str
    places: tuple[Place, ...]
    methods: tuple[Method, ...]


WEIGHTS = ((0, 2_000), (2_000, 6_000), (6_000, None))  # grams; the upper end is not included

ZONES = (
    Zone(
        "United States",
        (Place("US"),),
        (
            Method("standard", "Standard", "By ground, with tracking", 3, 5, (695, 995, 1695), free_from=7500),
            Method("express", "Express", "By air, signed for on request", 1, 2, (1900, 2600, 4200)),
            Method(
                "pick-up",
                "Pick up in Portland",
                "At our warehouse; we write when it is ready",
                0,
                1,
                (0, 0, 0),
                pick_up_at=PORTLAND.code,
            ),
        ),
    ),
    Zone(
        "Alaska and Hawaii",
        (Place("US", "AK"), Place("US", "HI")),
        (
            Method(
                "standard", "Standard", "By air and boat, with tracking", 6, 10, (1495, 2295, 3995), free_from=20000
            ),
            Method("express", "Express", "By air, signed for on request", 2, 4, (3400, 4900, 7900)),
        ),
    ),
    Zone(
        "Canada",
        (Place("CA"),),
        (
            Method("standard", "Standard", "With tracking; duties included", 5, 8, (1400, 2200, 3800), free_from=15000),
            Method("express", "Express", "By air; duties included", 2, 4, (3200, 4600, 7400)),
        ),
    ),
    Zone(
        "Germany",
        (Place("DE"),),
        (
            Method("standard", "Standard", "With tracking, from Rotterdam", 3, 5, (900, 1300, 2100), free_from=12000),
            Method("express", "Express", "By van overnight, from Rotterdam", 1, 2, (1900, 2500, 3900)),
        ),
    ),
    Zone(
        "United Kingdom",
        (Place("GB"),),
        (
            Method("standard", "Standard", "With tracking; duties included", 4, 6, (1200, 1800, 2900), free_from=14000),
            Method("express", "Express", "By air; duties included", 2, 3, (2600, 3400, 5200)),
        ),
    ),
)
