"""Every page of the back office is sound: for axe, within the screen of a phone, by night, with one heading.

It has a shop of its own, with a past: most pages have nothing to show in the shop of the journeys.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from app.runtime.servers import Valkey
from app.runtime.shared_servers import SharedPostgres
from e2e.checks import sound
from e2e.conftest import WIDTH
from e2e.staff_tour import back_office
from e2e.stage import Stage, on_stage
from e2e.windows import Windows

PAST = 60  # orders: a few of each state


@pytest.fixture(scope="module")
def lived_in(postgres: SharedPostgres, _valkey: Valkey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with on_stage(postgres, _valkey.url(), tmp_path_factory.mktemp("past"), width=WIDTH, orders=PAST) as stage:
        yield stage
        stage.examine()


@pytest.mark.slow
def test_every_page_of_the_back_office_is_sound(lived_in: Stage, window: Browser) -> None:
    windows = Windows(window, lived_in.url)
    found = []
    try:
        for sight in back_office(lived_in, windows.open):
            found += [f"{sight.name}: {wrong}" for wrong in sound(sight.page)]
    except LookupError as missing:
        found.append(str(missing))
    windows.close()

    found += windows.complaints
    assert not found, "\n".join(found)
