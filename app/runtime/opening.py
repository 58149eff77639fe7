"""`shop setup`: what opens a shop, asked at the keyboard or given as options."""

import argparse
from collections.abc import Callable, Iterator, Mapping

import msgspec
from babel.core import get_global

from domains import accounts, content, store
from domains.kit import Actor, Database, Invalid


class Question(msgspec.Struct, frozen=True):
    """One thing that must be known: the option that answers it, what is asked, and what an empty answer means."""

    option: str
    text: str
    default: Callable[[Mapping[str, str]], str]


class Opened(msgspec.Struct, frozen=True):
    """The shop is open; its owner sets a password at `link`."""

    shop: store.Shop
    owner: str
    link: str


def _nothing(answers: Mapping[str, str]) -> str:
    return ""


def currency_of(country: str) -> str:
    """The money of a country, as CLDR knows it; empty where it does not."""
    terms = get_global("territory_currencies").get(country.upper(), ())
    return next((code for code, _start, end, tender in terms if end is None and tender), "")


def zone_of(country: str) -> str:
    """The time zone of a country that has only one."""
    zones = [zone for zone, place in get_global("zone_territories").items() if place == country.upper()]
    return zones[0] if len(zones) == 1 else ""


def taxes_are_contained(country: str) -> str:
    """Prices contain tax wherever shops of the country are used to it: everywhere but in the US and Canada."""
    return "no" if country.upper() in ("US", "CA") else "yes"


QUESTIONS = (
    Question("name", "Name of the shop", _nothing),
    Question("legal-name", "Legal name of the business", lambda answers: answers["name"]),
    Question("address", "Postal address of the business, lines separated by commas", _nothing),
    Question("country", "Country, two letters", lambda answers: "US"),
    Question("currency", "Currency, three letters", lambda answers: currency_of(answers["country"]) or "USD"),
    Question("time-zone", "Time zone, such as Europe/Berlin", lambda answers: zone_of(answers["country"])),
    Question("prices-include-tax", "Prices include tax (yes or no)", lambda a: taxes_are_contained(a["country"])),
    Question("deliver-to", "Countries delivered to, separated by commas", lambda answers: answers["country"]),
    Question("sender", "Address that mails are sent from", _nothing),
    Question("alerts", "Address that is told of new orders", lambda answers: answers["sender"]),
    Question("owner", "E-mail address of the owner's account", lambda answers: answers["alerts"]),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    for question in QUESTIONS:
        parser.add_argument(f"--{question.option}", metavar="TEXT", help=question.text[0].lower() + question.text[1:])


def gather(given: Mapping[str, str | None], ask: Callable[[str], str] | None) -> dict[str, str]:
    """An answer to every question: the option, what is typed, or the default; `ask` is None where nobody can answer."""
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        default = question.default(answers)
        answer = given.get(question.option.replace("-", "_"))
        if answer is None and ask is not None:
            answer = ask(f"{question.text} [{default}]: " if default else f"{question.text}: ").strip()
        answers[question.option] = answer or default
    return answers


def missing(answers: Mapping[str, str]) -> list[str]:
    """The options without an answer."""
    return [f"--{question.option}" for question in QUESTIONS if not answers[question.option]]


def details(answers: Mapping[str, str]) -> store.ShopDetails:
    """The answers as the store takes them."""
    yes = answers["prices-include-tax"].strip().lower()
    if yes not in ("yes", "no", "y", "n", "true", "false"):
        raise Invalid({"prices_include_tax": "Answer yes or no."})
    return store.ShopDetails(
        name=answers["name"],
        legal_name=answers["legal-name"],
        address=tuple(_parts(answers["address"])),
        country=answers["country"].upper(),
        currency=answers["currency"].upper(),
        time_zone=answers["time-zone"],
        prices_include_tax=yes in ("yes", "y", "true"),
        sender_email=answers["sender"],
        alerts_email=answers["alerts"],
        countries=tuple(part.upper() for part in _parts(answers["deliver-to"])),
    )


def _parts(text: str) -> Iterator[str]:
    return (part.strip() for part in text.split(",") if part.strip())


async def open_shop(db: Database, answers: Mapping[str, str], *, base_url: str) -> Opened:
    """Open the shop and make its owner's account, both or neither. Raises `Invalid`, `ShopAlreadySetUp`."""
    async with db.transaction(Actor.system("setup")) as tx:
        shop = await store.set_up(tx, details(answers))
        await content.plant_defaults(tx)
        owner = await accounts.create_staff(tx, email=answers["owner"], role="owner")
    return Opened(shop, answers["owner"], f"{base_url}/account/set-password?token={owner.token}")
