"""Every page of the back office is sound: for axe, within the screen of a phone, by night, with one heading.

It has a shop of its own, with a past: most pages have nothing to show in the shop of the journeys.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from app.runtime.shared_servers import SharedPostgres
from bench import staff_pages
from e2e.checks import sound
from e2e.conftest import WIDTH
from e2e.stage import Stage, on_stage
from e2e.tour import back_office
from e2e.tour.back_office import BEFORE_A_PAGE, NO_PAGES
from e2e.windows import Windows

PAST = 60  # orders: a few of each state


@pytest.fixture(scope="module")
def lived_in(postgres: SharedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with on_stage(postgres, tmp_path_factory.mktemp("past"), width=WIDTH, orders=PAST) as stage:
        yield stage
        stage.examine()


def test_every_address_of_the_back_office_is_in_the_tour_or_answers_no_page() -> None:
    toured = {*staff_pages.paths(), *BEFORE_A_PAGE}
    addresses = staff_pages.addresses()
    left_out = {path: [end for end in NO_PAGES if path.endswith(end)] for path in addresses if path not in toured}

    assert [path for path, ends in left_out.items() if not ends] == []
    assert [path for path in toured if path not in addresses] == []
    assert {end for ends in left_out.values() for end in ends} == set(NO_PAGES), "an exception of nothing"


@pytest.mark.slow
def test_every_page_of_the_back_office_is_sound(lived_in: Stage, window: Browser) -> None:
    windows = Windows(window, lived_in.url)
    found, seen = [], set()
    try:
        for sight in back_office(lived_in, windows.open):
            seen.add(sight.name)
            found += [f"{sight.name}: {wrong}" for wrong in sound(sight.page)]
    except LookupError as missing:
        found.append(str(missing))
    windows.close()

    found += windows.complaints
    assert not found, "\n".join(found)
    assert {staff_pages.name_of(path) for path in (*staff_pages.paths(), *BEFORE_A_PAGE)} <= seen
