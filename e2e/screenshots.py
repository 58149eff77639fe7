"""Every page as a picture: phone and desktop, by day and by night, and one sheet with all of them.

    python -m e2e.screenshots [FOLDER] [PART …]      parts: goods carts checkout troubles accounts belongings
                                                     keeping desk back_office mails

A shop of its own is started for it, with the demo's goods. The pictures are `FOLDER/PAGE-phone-dark.png` and so on,
the folder is `screenshots` if none is named.
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyvips
from playwright.sync_api import Page, expect, sync_playwright

from app.runtime import browser as chromium
from app.runtime import shared_servers
from conftest import TEST_ENCRYPTION_KEYS, TEST_SECRET_KEY
from domains.kit.crypto import Keyring, use_keyring
from e2e.stage import ROOT, Stage, on_stage
from e2e.tour import PARTS, Sight, back_office, mails
from e2e.windows import DESKTOP, PATIENCE, PHONE, Windows

PICTURES: Final = 960  # pixels of the seed's pictures across
PAST: Final = 150  # orders, so that there are reviews and best sellers to see
LOOKS: Final = tuple((device, scheme) for device in ("phone", "desktop") for scheme in ("light", "dark"))
SIZES: Final = {"phone": PHONE, "desktop": DESKTOP}
# Pictures further down come only when they are scrolled to; all of them are wanted, and the writing too.
LOADED: Final = """async () => {
  for (const one of document.images) one.loading = "eager";
  await Promise.all([...document.images].map(one => one.decode().catch(() => null)));
  await document.fonts.ready;
  scrollTo(0, 0);
}"""
# What a script opened because there was room stays open when the window gets narrow; on a phone it never was.
FOLDED: Final = "() => document.querySelectorAll('details[data-unfold-wide]').forEach(one => { one.open = false; })"
# Playwright hides the caret and leaves empty style attributes; htmx would copy them, which the policy forbids.
TIDIED: Final = """() => document.querySelectorAll('[style=""]').forEach(one => one.removeAttribute("style"))"""

_SMALL, _TALL, _GREY = {"phone": 200, "desktop": 520}, 560, [128, 128, 128]  # of the sheet, in its pixels


def main(arguments: Sequence[str]) -> int:
    parts = {part.__name__: part for part in (*PARTS, back_office, mails)}
    chosen = [word for word in arguments if word in parts] or list(parts)
    folder = Path(next((word for word in arguments if word not in parts), ROOT / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with a_shop() as shop, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.require(), args=list(chromium.ARGUMENTS))
        windows = Windows(browser, shop.url)
        taken: list[Path] = []
        for name in chosen:
            for sight in parts[name](shop, windows.open):
                taken += shoot(sight, folder)
                print(sight.name, flush=True)
            shop.mend()
        windows.close()
        browser.close()
    contact_sheet(taken, folder / "all.png")
    for complaint in windows.complaints:
        print(complaint, file=sys.stderr)
    print(f"{len(taken)} pictures in {folder}, all of them in {folder / 'all.png'}")
    return 1 if windows.complaints else 0


@contextmanager
def a_shop(*, width: int = PICTURES, orders: int = PAST) -> Iterator[Stage]:
    """The demo shop on the databases of the tests, which nobody minds."""
    os.environ.update(SECRET_KEY=TEST_SECRET_KEY, ENCRYPTION_KEYS=TEST_ENCRYPTION_KEYS)
    use_keyring(Keyring.parse(TEST_ENCRYPTION_KEYS))
    postgres = shared_servers.use()
    with (
        tempfile.TemporaryDirectory(prefix="stoa-pictures-") as home,
        on_stage(postgres, Path(home), width=width, orders=orders) as shop,
    ):
        yield shop
    postgres.close()
    shared_servers.release()


def shoot(sight: Sight, folder: Path) -> Iterator[Path]:
    """The four pictures of a sight; its page is left as on a desktop by day."""
    for device, scheme in LOOKS:
        sight.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        sight.page.set_viewport_size(SIZES[device])
        if sight.again:
            sight.page.reload()
        elif device == "phone":
            sight.page.evaluate(FOLDED)
        yield _picture(sight.page, folder / f"{sight.name}-{device}-{scheme}.png", whole=sight.whole)
    sight.page.emulate_media(color_scheme="light")


def _picture(page: Page, path: Path, *, whole: bool) -> Path:
    page.wait_for_load_state("networkidle")
    page.evaluate(LOADED)
    for card in page.locator("iframe[title='Card']").all():
        # A frame of another host is painted only within the window: this one has to be as tall as the page.
        width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        page.set_viewport_size({"width": width, "height": height})
        expect(card.content_frame.get_by_label("Card number")).to_be_visible()
    page.screenshot(path=path, full_page=whole)
    page.evaluate(TIDIED)
    return path


def contact_sheet(pictures: Sequence[Path], path: Path) -> None:
    """All pictures small, each page's upper part: a strip of four for every page, two strips beside each other."""
    strips = [_strip(pictures[at : at + len(LOOKS)]) for at in range(0, len(pictures), len(LOOKS))]
    pyvips.Image.arrayjoin(strips, across=2, shim=24, background=_GREY).write_to_file(str(path))


def _strip(pictures: Sequence[Path]) -> pyvips.Image:
    left, placed = 0, []
    for picture in pictures:
        width = _SMALL["phone" if "-phone-" in picture.name else "desktop"]
        one = pyvips.Image.thumbnail(str(picture), width, height=100_000).colourspace("srgb")
        one = one.flatten(background=[255]) if one.hasalpha() else one
        placed.append((one.crop(0, 0, width, min(one.height, _TALL)), left))
        left += width + 8
    strip = (pyvips.Image.black(left, _TALL, bands=3) + _GREY).cast("uchar").copy(interpretation="srgb")
    for one, x in placed:
        strip = strip.insert(one, x, 0)
    return strip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
