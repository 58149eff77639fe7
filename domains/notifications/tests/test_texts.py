"""A merchant says in his own words what stands above a mail; placeholders are filled and nothing else is."""

import pytest

from app.runtime.mail import MailRenderer
from app.runtime.regions import Region
from domains import audit, notifications, store
from domains.audit import Filter
from domains.kit import Actor, Invalid, NotFound, new_id
from domains.notifications import OwnWords
from domains.store.tests.factories import details

MARKETING = Actor.staff(new_id(), "marketing")


@pytest.fixture
async def tx(db):
    async with db.transaction(Actor.system("setup")) as tx:
        await store.set_up(tx, details())
    async with db.transaction(MARKETING) as tx:
        yield tx


async def test_a_mail_opens_with_the_merchants_words_and_says_the_rest_as_ever(tx):
    words = OwnWords("[[number]] <is> here", "Dear [[name]] & all,\n\n{{ 7 * 7 }} thanks from [[shop]].")
    await notifications.set_text(tx, "order_shipped", words)
    assert await notifications.own_texts(tx) == {"order_shipped": words}

    composed = await notifications.sample(tx, "order_shipped", words, base_url="https://shop.example")
    mail = MailRenderer(regional=Region)(composed.template, composed.context)

    assert mail.subject == "ORD-20260101-ABCD <is> here"
    assert "Dear Ada & all,\n\n{{ 7 * 7 }} thanks from Meander.\n\nHere follows" in mail.text
    assert "Dear Ada &amp; all," in mail.html
    assert "{{ 7 * 7 }} thanks" in mail.html


async def test_without_words_a_mail_is_as_it_comes(tx):
    composed = await notifications.sample(tx, "order_shipped", OwnWords(), base_url="https://shop.example")

    mail = MailRenderer(regional=Region)(composed.template, composed.context)

    assert mail.subject == "order shipped: a sample"
    assert mail.text.startswith("Here follows")


@pytest.mark.parametrize(
    "words", [OwnWords("x" * 201), OwnWords("", "x" * 2001), OwnWords("", "[[secret]]"), OwnWords("a\nb")]
)
async def test_words_that_are_too_long_or_stand_for_nothing_are_refused(tx, words):
    with pytest.raises(Invalid):
        await notifications.set_text(tx, "order_shipped", words)
    with pytest.raises(NotFound):
        await notifications.set_text(tx, "no_such_mail", OwnWords())


async def test_words_are_taken_back_from_the_log(tx):
    await notifications.set_text(tx, "welcome", OwnWords("Hello", "First."))
    await notifications.set_text(tx, "welcome", OwnWords("Hello", "Second."))
    entry = (await audit.entries(tx, Filter(action="mail_text.changed")))[0]

    await audit.undo(tx, entry.id)

    assert await notifications.own_texts(tx) == {"welcome": OwnWords("Hello", "First.")}
