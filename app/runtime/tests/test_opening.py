import argparse

import pytest

from app.runtime import opening
from domains import accounts, store
from domains.kit import Actor, Database, Invalid

OPTIONS = [
    "--name=Meander",
    "--legal-name=Meander Ltd",
    "--address=1 Long Walk, London, N1 7AA",
    "--country=gb",
    "--currency=GBP",
    "--time-zone=Europe/London",
    "--prices-include-tax=yes",
    "--deliver-to=GB, IE",
    "--sender=hello@meander.example",
    "--alerts=orders@meander.example",
    "--owner=ada@meander.example",
]


def given(options: list[str]) -> dict[str, str | None]:
    parser = argparse.ArgumentParser()
    opening.add_options(parser)
    return vars(parser.parse_args(options))


def test_options_say_everything_and_nothing_is_asked() -> None:
    answers = opening.gather(given(OPTIONS), ask=None)

    assert opening.missing(answers) == []
    details = opening.details(answers)
    assert details.country == "GB"
    assert details.countries == ("GB", "IE")
    assert details.address == ("1 Long Walk", "London", "N1 7AA")
    assert details.prices_include_tax


def test_what_no_option_says_is_asked_with_a_sensible_proposal() -> None:
    asked: list[str] = []

    def agree(question: str) -> str:
        asked.append(question)
        return {"Name of the shop: ": "Meander", "Country, two letters [US]: ": "PL"}.get(question, "")

    answers = opening.gather(given(["--address=Warszawa", "--sender=a@b.example"]), agree)

    assert answers["currency"] == "PLN"
    assert answers["time-zone"] == "Europe/Warsaw"
    assert answers["prices-include-tax"] == "yes"
    assert answers["owner"] == "a@b.example"
    assert "Currency, three letters [PLN]: " in asked
    assert opening.missing(answers) == []


def test_a_country_with_many_time_zones_has_no_proposal() -> None:
    answers = opening.gather(given(["--country=US"]), ask=None)

    assert "--time-zone" in opening.missing(answers)
    assert answers["prices-include-tax"] == "no"


def test_an_answer_that_is_neither_yes_nor_no_is_refused() -> None:
    answers = opening.gather(given([*OPTIONS, "--prices-include-tax=perhaps"]), ask=None)

    with pytest.raises(Invalid) as refused:
        opening.details(answers)

    assert set(refused.value.fields) == {"prices_include_tax"}


async def test_opening_makes_the_shop_and_an_owner_who_sets_a_password_by_link(db: Database) -> None:
    opened = await opening.open_shop(db, opening.gather(given(OPTIONS), None), base_url="https://meander.example")

    address, _, token = opened.link.partition("?token=")
    assert address == "https://meander.example/account/set-password"
    async with db.transaction(Actor.system("tests")) as tx:
        assert (await store.shop(tx)).name == "Meander"
        assert await accounts.link_is_live(tx, token, "set_password")
        found = await accounts.find_account(tx, "ada@meander.example")
    assert found is not None


async def test_a_wrong_answer_opens_nothing(db: Database) -> None:
    answers = opening.gather(given([*OPTIONS, "--owner=nobody"]), None)

    with pytest.raises(Invalid):
        await opening.open_shop(db, answers, base_url="https://meander.example")

    async with db.transaction(Actor.system("tests")) as tx:
        assert not await store.is_set_up(tx)
