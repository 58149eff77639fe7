"""Who bought at Meander, and where they live. All invented; the mail addresses are of a domain that nobody can own."""

import random
from unicodedata import normalize

import msgspec

from domains.kit import Address

_FIRST = """
Ada Ben Cleo Dan Elif Finn Greta Hugo Ines Jonas Kaia Liam Maya Noah Olive Paul Quinn Rosa Sam Tess Uma Viktor Wren
Yara Zoe Anselm Birgit Colin Daria Emil Freya Gus Hanna Iris Joel Klara Lucas Mina Nils Orla Pia Rune Selma Theo
Ursula Vera Will Xenia Yusuf Zelda
"""
_LAST = """
Abbott Becker Chen Diaz Ellis Fischer Grant Hughes Ito Jensen Keller Lowe Martin Novak Olsen Park Quist Reid Singh
Tanaka Ueda Vogel Walsh Young Zeller Adler Brandt Cole Dietrich Evans Ford Graf Holt Iversen Jones Kraus Lind Moss
Neri Okafor Price Rossi Sato Thorne Usher Varga West Yates Zhou Müller
"""


class Home(msgspec.Struct, frozen=True):
    """A street that takes house numbers from `first` on."""

    street: str
    city: str
    state: str
    postal_code: str
    country: str
    first: int
    weight: int = 2


HOMES = (
    Home("SE Hawthorne Boulevard", "Portland", "OR", "97214", "US", 1200, 9),
    Home("NW 23rd Avenue", "Portland", "OR", "97210", "US", 400, 6),
    Home("Ballard Avenue NW", "Seattle", "WA", "98107", "US", 5100, 6),
    Home("Valencia Street", "San Francisco", "CA", "94110", "US", 700, 6),
    Home("Telegraph Avenue", "Oakland", "CA", "94609", "US", 4100, 4),
    Home("Abbot Kinney Boulevard", "Los Angeles", "CA", "90291", "US", 1100, 5),
    Home("South Congress Avenue", "Austin", "TX", "78704", "US", 1500, 4),
    Home("North Milwaukee Avenue", "Chicago", "IL", "60647", "US", 2300, 4),
    Home("Bedford Avenue", "Brooklyn", "NY", "11211", "US", 200, 6),
    Home("Amsterdam Avenue", "New York", "NY", "10024", "US", 400, 5),
    Home("Massachusetts Avenue", "Cambridge", "MA", "02139", "US", 600, 3),
    Home("Pearl Street", "Boulder", "CO", "80302", "US", 900, 3),
    Home("West Burnside Street", "Portland", "OR", "97205", "US", 1500, 4),
    Home("Commercial Drive", "Vancouver", "BC", "V5L 3X9", "CA", 1400, 3),
    Home("Queen Street West", "Toronto", "ON", "M6J 1J4", "CA", 1000, 3),
    Home("Oranienstraße", "Berlin", "", "10999", "DE", 20, 4),
    Home("Schanzenstraße", "Hamburg", "", "20357", "DE", 30, 3),
    Home("Ehrenstraße", "Köln", "", "50672", "DE", 10, 2),
    Home("Stoke Newington Church Street", "London", "", "N16 0AP", "GB", 60, 3),
    Home("Gloucester Road", "Bristol", "", "BS7 8NT", "GB", 110, 2),
)


class Person(msgspec.Struct, frozen=True):
    """A buyer; `has_account` ones can be found among the customers."""

    first_name: str
    last_name: str
    email: str
    address: Address
    has_account: bool


def people(dice: random.Random, count: int) -> list[Person]:
    """So many different people; one in four has an account."""
    names = [(first, last) for first in _FIRST.split() for last in _LAST.split()]
    return [_person(dice, number, first, last) for number, (first, last) in enumerate(dice.sample(names, count))]


def _person(dice: random.Random, number: int, first: str, last: str) -> Person:
    home = dice.choices(HOMES, [each.weight for each in HOMES])[0]
    house = home.first + dice.randrange(1, 90)
    line1 = f"{home.street} {house}" if home.country == "DE" else f"{house} {home.street}"
    line2 = f"Apartment {dice.randrange(1, 30)}" if home.country == "US" and dice.random() < 0.3 else ""
    plain = normalize("NFKD", f"{first}.{last}").encode("ascii", "ignore").decode().lower()
    return Person(
        first,
        last,
        f"{plain}@people.example",
        Address(
            name=f"{first} {last}",
            line1=line1,
            line2=line2,
            city=home.city,
            state=home.state,
            postal_code=home.postal_code,
            country=home.country,
        ),
        has_account=number % 4 == 0,
    )
