"""A shop and browsers for the journeys.

`shop` is the running shop, one per test process; the demo's goods are in it. `visitor` opens a browser window as a new
visitor, from an address of his own: `visitor()`, `visitor(phone=True)`, `visitor(scripts=False)`, `visitor(dark=True)`.
`as_staff` opens one in which somebody of a role has logged in: `as_staff("owner", to="/staff/orders", scripts=False)`.
Each window's console is watched: a page that breaks the security policy or throws ends the test.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.runtime import browser as chromium
from app.runtime.shared_servers import SharedPostgres
from e2e import staff
from e2e.stage import Stage, on_stage
from e2e.windows import PATIENCE, Windows

WIDTH = 160  # pixels of the seed's pictures: enough to see them, quick to draw

type Visit = Callable[..., Page]

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)
    # What takes longest comes first: at the end one process would do it while the others wait.
    items.sort(key=lambda item: "test_every_page_of_the_back_office" not in item.name)


# Both end with the last test of this folder: Playwright keeps an event loop in the thread, which others' tests need.
@pytest.fixture(scope="package")
def shop(postgres: SharedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with on_stage(postgres, tmp_path_factory.mktemp("shop"), width=WIDTH) as stage:
        yield stage
        stage.examine()


@pytest.fixture(scope="package")
def window(postgres: SharedPostgres, migrated: str) -> Iterator[Browser]:
    """The browser, one per test process. The databases come first: what makes them needs an event loop of its own, and
    Playwright's runs until this folder's last test."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium.require(), args=list(chromium.ARGUMENTS))
        yield found
        found.close()


@pytest.fixture
def visitor(shop: Stage, window: Browser) -> Iterator[Visit]:
    windows = Windows(window, shop.url)
    yield windows.open
    windows.close()
    assert windows.complaints == []


@pytest.fixture(scope="package")
def entered() -> dict[str, str]:
    """The session of each role that has come in: the log-in itself is a journey of its own, and takes three pages."""
    return {}


@pytest.fixture
def as_staff(shop: Stage, visitor: Visit, entered: dict[str, str]) -> Visit:
    def open_one(role: str, *, to: str = "/staff", **window: bool) -> Page:
        page = visitor(**window)
        if role not in entered or not staff.come_back(page, shop, role, entered[role], to=to):
            staff.enter(page, shop, role, to=to)
            entered[role] = staff.session_of(page)
        return page

    return open_one


@pytest.fixture(autouse=True)
def _mended(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "shop" in request.fixturenames:
        stage: Stage = request.getfixturevalue("shop")
        stage.mend()
        stage.rest()
