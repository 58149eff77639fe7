"""The words of a review: plain, bounded, and held back where staff should look first."""

import pytest

from domains import reviews
from domains.kit import Database, Invalid
from domains.reviews import Doubt, ReviewDraft, ReviewStatus
from domains.reviews.tests.factories import TESTER, bought, rating, say
from domains.reviews.words import cleaned, doubt_of, suggested_name


def test_what_nobody_sees_is_left_out_and_lines_are_kept() -> None:
    draft = ReviewDraft(
        5,
        " Ana\u202e  P.\n",
        "A\ttitle\x00",
        "First  line\r\n\r\n\r\n\r\nsecond\u200b line \U0001f469\u200d\U0001f33e\x1b[31m",
    )

    kept = cleaned(draft)

    assert kept == ReviewDraft(5, "Ana P.", "A title", "First line\n\nsecond line \U0001f469\u200d\U0001f33e[31m")


def test_markup_is_kept_as_the_text_it_is() -> None:
    hostile = "<script>alert(1)</script> & <b>bold</b>"

    assert cleaned(ReviewDraft(5, "Ana", body=hostile)).body == hostile


def test_a_mail_address_is_no_name_to_show() -> None:
    with pytest.raises(Invalid) as refused:
        cleaned(ReviewDraft(5, "ana@example.com"))

    assert set(refused.value.fields) == {"name"}


@pytest.mark.parametrize(
    "words",
    ["see https://evil.example", "go to www.evil", "Cheap at evil-shop.com!", "write to me@home.example", "EVIL.NET"],
)
def test_an_address_in_a_review_is_looked_at_first(words: str) -> None:
    assert doubt_of(ReviewDraft(5, "Ana", body=words), ()) is Doubt.LINK
    assert doubt_of(ReviewDraft(5, "Ana", title=words), ()) is Doubt.LINK


@pytest.mark.parametrize(
    "words", ["Lovely.It came fast.", "Holds 0.35 l, i.e. enough.", "5/5 … would buy again", "Good vs. bad. Net weight"]
)
def test_ordinary_sentences_are_not_taken_for_addresses(words: str) -> None:
    assert doubt_of(ReviewDraft(5, "Ana", body=words), ("casino",)) is None


def test_words_of_the_list_are_found_whole_whatever_their_case_or_accents() -> None:
    assert doubt_of(ReviewDraft(5, "Ana", body="The best CASÍNO!"), ("casino",)) is Doubt.WORD
    assert doubt_of(ReviewDraft(5, "Ana", body="Occasionally good"), ("casino", "occasion")) is None


@pytest.mark.parametrize(
    ("whole", "offered"),
    [("Ana Pérez", "Ana P."), ("Ana", "Ana"), ("Ana María de la Cruz", "Ana C."), ("", ""), ("x" * 60, "x" * 40)],
)
def test_the_name_offered_tells_little(whole: str, offered: str) -> None:
    assert suggested_name(whole) == offered


async def test_a_review_with_a_link_is_not_shown_until_staff_have_looked(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)

        written = await say(tx, purchase, 5, "Cheaper at https://evil.example")

        assert written.status is ReviewStatus.PENDING
        assert (await reviews.page(tx, purchase.product_id)).reviews == ()
        await reviews.publish(tx, written.id)
        assert await rating(tx, purchase.product_id) == (1, "5.00")


async def test_a_shown_review_that_gets_a_link_goes_until_staff_have_looked_and_without_it_comes_back(
    db: Database,
) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        await say(tx, purchase, 5, "Good.")

        held = await say(tx, purchase, 5, "Good. www.evil.example")
        between = await rating(tx, purchase.product_id)
        back = await say(tx, purchase, 4, "Good, I mean.")

        assert (held.status, between) == (ReviewStatus.PENDING, None)
        assert back.status is ReviewStatus.PUBLISHED
        assert await rating(tx, purchase.product_id) == (1, "4.00")


async def test_the_merchants_own_list_takes_the_place_of_the_usual_one(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        purchase = await bought(tx)
        assert "casino" in (await reviews.settings(tx)).blocked_words
        await reviews.configure(tx, blocked_words=["rival", " "])

        held = await say(tx, purchase, 5, "The Rival is better.")

        assert (await reviews.settings(tx)).blocked_words == ("rival",)
        assert held.status is ReviewStatus.PENDING
