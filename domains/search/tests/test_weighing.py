"""How much a word counts for a product, by where it stands."""

import pytest

from domains.search.weighing import Form, Texts, opening, split, vector
from domains.search.words import one_slip, slips

_STOP = {"a", "for", "of", "the", "with", "and", "it"}


def _vector(name: str, **more: str) -> dict[str, str]:
    """The product's lexemes with their letters; the stem of a word is here the word without an s."""
    texts = Texts(
        name=name,
        brand=more.get("brand", ""),
        categories=[more.get("category", "")],
        above=[more.get("above", "")],
        facts=[more.get("fact", "")],
        description=more.get("description", ""),
    )
    product = split(texts)
    forms = {word: Form(word, None if word in _STOP else word.removesuffix("s")) for word in product.words}
    lexemes: dict[str, str] = {}
    for spelled in vector(product, forms).split(" "):
        lexeme, _, letters = spelled.partition(":")
        lexemes[lexeme.strip("'")] = letters
    return lexemes


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Felt sleeve for 14 inch laptops, grey", "Felt sleeve "),
        ("Desk lamp", "Desk lamp"),
        ("Lamp - brass, 40 cm", "Lamp"),
        ("T-shirt with stripes", "T-shirt "),
        ("for you", "for you"),
        ("(Renewed) phone", "(Renewed) phone"),
        ("3, 2, 1: a game", "3, 2"),
        ("", ""),
    ],
)
def test_the_opening_of_a_name_says_what_the_thing_is(name: str, first: str) -> None:
    assert opening(name) == first


def _value(letters: str) -> float:
    value = {"A": 0.75, "B": 0.55, "C": 0.35, "D": 0.15}
    first, _, second = letters.partition(",")
    return value[first[-1]] + (value[second[-1]] / 4 if second else 0)


def test_a_word_counts_most_in_the_opening_and_least_in_the_description() -> None:
    words = _vector(
        "Sleeve for laptops",
        brand="Aster",
        category="Cases",
        above="Electronics",
        fact="Felt",
        description="Keeps dust away.",
    )

    counts = [_value(words[word]) for word in ("sleeve", "laptop", "dust")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[1] > counts[2] > 0
    assert _value(words["case"]) > _value(words["electronic"]) > _value(words["dust"])


def test_a_word_said_often_counts_more_and_never_more_than_one_can() -> None:
    once = _vector("Mug", description="A cup of coffee.")
    often = _vector("Mug", description="coffee " * 400)

    assert _value(once["coffee"]) < _value(often["coffee"]) < 1


def test_neighbours_in_a_name_are_also_one_word() -> None:
    words = _vector("Wi-Fi desk lamp")

    assert {"wifi", "fidesk", "desklamp", "wi", "fi", "desk", "lamp"} == {word for word in words if word[0] != "+"}


def test_what_a_product_is_named_or_sorted_by_can_be_looked_up_apart() -> None:
    words = _vector("Desk lamp for readers", category="Lighting", description="With a cord of cotton.")

    assert {word for word in words if word[0] == "+"} >= {"+desk", "+lamp", "+lighting"}
    assert "+cotton" not in words


def test_a_product_says_what_it_is_without() -> None:
    words = _vector(
        "Cordless lamp", description="No plastic at all. Sugar free, gluten-free; without nuts. It is not loud."
    )

    assert {"-cord", "-plastic", "-sugar", "-gluten", "-nut", "-loud"} <= set(words)
    assert "-lamp" not in words


def test_signs_of_a_query_language_are_letters_like_others() -> None:
    words = _vector("Ben's & Jerry's :* | ! (mug)")

    assert {"ben", "jerry", "mug"} <= set(words)


def test_every_word_one_slip_away_is_found_and_none_that_is_further() -> None:
    spelled = one_slip("mug")

    assert {"mgu", "mugs", "mg", "bug", "umg", "smug"} <= spelled
    assert all(slips("mug", word) == 1 for word in spelled)
