"""The merchant's pages are shown as written, safely, and only when published."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains import content, store
from domains.content import PageDraft
from domains.kit import Actor, Invalid
from domains.kit.rich_text import TAGS, clean
from domains.store.tests.factories import details

STAFF = Actor.system("test")


@pytest.fixture
async def tx(db):
    async with db.transaction(STAFF) as tx:
        await store.set_up(tx, details())
        yield tx


async def test_a_page_is_shown_as_written_with_the_shops_present_address(tx):
    await content.save_page(
        tx,
        PageDraft(
            "imprint", "Imprint", "## Us\n\n[[legal_name]]\n\n[[address]]\n\n[[unknown]]", menu=content.Menu.LEGAL
        ),
    )

    before = await content.page(tx, "imprint")
    await store.change(tx, legal_name="Meander & <Sons>")
    after = await content.page(tx, "imprint")

    assert "<h2>Us</h2>" in before.html
    assert "12 Pine St<br>Portland, OR 97201" in before.html
    assert "[[unknown]]" in before.html
    assert "Meander &amp; &lt;Sons&gt;" in after.html


async def test_a_draft_is_shown_to_nobody_and_listed_nowhere(tx):
    await content.save_page(tx, PageDraft("soon", "Soon", "…", menu=content.Menu.SERVICE, is_published=False))

    with pytest.raises(content.PageNotFound):
        await content.page(tx, "soon")
    assert await content.menu(tx, content.Menu.SERVICE) == ()

    await content.change_page(tx, "soon", is_published=True)
    assert [entry.slug for entry in await content.menu(tx, content.Menu.SERVICE)] == ["soon"]


async def test_an_address_belongs_to_one_page(tx):
    await content.save_page(tx, PageDraft("about", "About", "We."))

    with pytest.raises(content.SlugTaken):
        await content.save_page(tx, PageDraft("about", "Again", "We."))


async def test_every_wrong_field_of_a_page_is_told_at_once(tx):
    with pytest.raises(Invalid) as refused:
        await content.save_page(tx, PageDraft("No Slug", " ", "x" * 100_001, description="x" * 201))

    assert set(refused.value.fields) == {"slug", "title", "description", "body"}


async def test_a_new_shop_opens_with_pages_for_all_that_the_law_and_shoppers_ask(tx):
    await content.plant_defaults(tx)
    await content.plant_defaults(tx)

    listed = {entry.slug: entry.menu for entry in await content.published(tx)}
    assert {slug for slug, menu in listed.items() if menu is content.Menu.LEGAL} == {"terms", "privacy", "imprint"}
    assert set(listed) >= {"about", "delivery", "returns", "contact"}
    for slug in listed:
        assert "[[" not in (await content.page(tx, slug)).html


async def test_the_contact_form_stays_where_mails_and_pages_lead(tx):
    await content.plant_defaults(tx)

    for wrong in ({"slug": "write-to-us"}, {"kind": content.Kind.TEXT}):
        with pytest.raises(Invalid) as refused:
            await content.change_page(tx, "contact", **wrong)
        assert set(refused.value.fields) == {"slug"}


class Elements(HTMLParser):
    """What a browser would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,hi)",
    '<img src=x onerror="alert(1)">',
    "<iframe src=//evil.example></iframe>",
    '[x](/a "onmouseover=alert(1)")',
    "<style>body{display:none}</style>",
]


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=40), max_size=6).map("\n\n".join))
def test_rich_text_can_do_nothing_but_show_words(text):
    html = content.rich_text(text)

    found = Elements()
    found.feed(html)
    assert {tag for tag, _attributes in found.elements} <= TAGS
    for _tag, attributes in found.elements:
        assert set(attributes) <= {"href", "title", "start", "rel"}
        assert not (attributes.get("href") or "").lower().startswith(("javascript:", "data:", "vbscript:"))
    assert clean(html) == html
