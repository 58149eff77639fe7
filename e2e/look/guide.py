"""The style guide: every component and a page of each kind, from the real macros and layouts with sample wares.

`python -m e2e.look.guide FOLDER` writes them as pictures, phone to desktop, by day and by night. Nothing is served: the
browser's requests are answered from memory, under the shop's own security policy.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from playwright.sync_api import Browser, Page, Route, sync_playwright

from app.runtime.static_files import StaticFiles
from app.runtime.templates import environment, render_blocks
from app.web.shell import MenuLink, Shell
from app.web.urls import Urls
from domains.kit.money import Money

HERE = Path(__file__).parent
PAGES = sorted(path.stem for path in (HERE / "pages").glob("*.html"))
WIDTHS = (360, 768, 1280)
ORIGIN = "http://shop.test"
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; base-uri 'none'; object-src 'none'"
)
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

NAMES = ("Kitchen", "Table", "Light", "Desk", "Bags", "Trail", "Plants", "Bath")
TONES = {"Sage": "#9caf88", "Clay": "#c4765a", "Ink": "#33415c", "Sand": "#d9c7a3", "Stone": "#a8a49c"}


def shell() -> Shell:
    """A shop with menus as full as a real one's."""
    categories = tuple(
        MenuLink(
            name,
            f"/categories/{name.lower()}",
            tuple(
                MenuLink(f"{name} {part}", f"/categories/{name.lower()}-{part}") for part in ("basics", "sets", "care")
            ),
        )
        for name in NAMES
    )
    return Shell(
        name="Meander",
        tagline="Good things for home, desk and trail.",
        categories=categories,
        goods=categories,
        service=(
            MenuLink("Delivery", "/pages/delivery"),
            MenuLink("Returns", "/pages/returns"),
            MenuLink("Contact", "/pages/contact"),
        ),
        legal=(
            MenuLink("Terms", "/pages/terms"),
            MenuLink("Privacy", "/pages/privacy"),
            MenuLink("Imprint", "/pages/imprint"),
        ),
    )


def image(index: int, alt: str = "A mug on a table") -> dict[str, Any]:
    return {"key": f"{index}.svg", "width": 1200, "height": 1500, "alt": alt, "renditions": ()}


def drawing(index: int) -> str:
    """A plain still life in the shop's manner, one colour each."""
    tone = list(TONES.values())[index % len(TONES)]
    shapes = (
        f'<rect x="430" y="620" width="340" height="420" rx="40" fill="{tone}"/>'
        '<rect x="430" y="620" width="110" height="420" rx="40" fill="#fff" opacity=".18"/>'
        f'<path d="M770 700h70a90 90 0 0 1 0 230h-70" fill="none" stroke="{tone}" stroke-width="46"/>',
        f'<circle cx="600" cy="760" r="280" fill="{tone}"/>'
        '<path d="M600 480a280 280 0 0 0 0 560z" fill="#fff" opacity=".16"/>',
        f'<path d="M380 1040 470 520h260l90 520z" fill="{tone}"/>'
        '<path d="M380 1040 470 520h90l-30 520z" fill="#fff" opacity=".18"/>',
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 1500" width="1200" height="1500">'
        '<rect width="1200" height="1500" fill="#efe9dd"/><rect y="1040" width="1200" height="460" fill="#e4dccb"/>'
        f'<ellipse cx="640" cy="1050" rx="330" ry="40" fill="#000" opacity=".12"/>{shapes[index % 3]}</svg>'
    )


def sample() -> dict[str, Any]:
    """What the sample pages show."""
    now = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    names = (
        "Stoneware mug",
        "Linen apron with a rather long name that wraps",
        "Oak stool",
        "Enamel kettle",
        "Wool throw",
        "Brass lamp",
        "Canvas rucksack",
        "Notebook",
    )
    cards = [
        {
            "href": f"/products/{index}",
            "name": name,
            "image": image(index),
            "second_image": image(index + 1),
            "amount": Money(1800 + 725 * index, "USD"),
            "compare_at": Money(3900, "USD") if index == 1 else None,
            "from_": index % 3 == 2,
            "swatches": [{"name": key, "colour": tone} for key, tone in list(TONES.items())[: index % 6]],
            "hint": "3 sizes" if index % 2 else "",
            "stock": ("in_stock", "in_stock", "low", "out")[index % 4],
            "available": 3,
            "rating": "4.6" if index % 2 else None,
            "rating_count": 128 if index % 2 else 0,
        }
        for index, name in enumerate(names)
    ]
    return {
        "cards": cards,
        "images": [image(index, f"The mug from the {side}") for index, side in enumerate(("front", "left", "top"))],
        "money": lambda cents: Money(cents, "USD"),
        "now": now,
        "later": now + timedelta(minutes=13),
        "day": date(2026, 11, 24),
        "colours": [
            {"value": key.lower(), "label": key, "colour": tone, "available": key != "Ink"}
            for key, tone in TONES.items()
        ],
        "sizes": [
            {"value": size, "label": size, "colour": "", "available": size != "XL"} for size in ("S", "M", "L", "XL")
        ],
        "errors": {
            "email": "Enter an email address like name@example.com",
            "postal_code": "Enter a postal code for Oregon, like 97205",
        },
        "countries": [("US", "United States"), ("DE", "Germany"), ("JP", "Japan")],
        "code": 404,
        "title": "We could not find that page",
        "hint": "It may have moved, or the address has a mistake in it.",
        "reference": "4f1c2a9b7d3e",
        "actions": [],
    }


class Guide:
    """Renders the sample pages and answers a browser's requests for them."""

    def __init__(self) -> None:
        self.static = StaticFiles()
        around = shell()
        urls = Urls({"categories.show": "/categories/{slug:str}", "manifest": "/manifest.webmanifest"})
        self.templates: Environment = environment(url=urls, static=self.static.url, regional=lambda: around)
        assert self.templates.loader is not None
        self.templates.loader = ChoiceLoader([FileSystemLoader(HERE), self.templates.loader])
        self.around = around

    def html(self, name: str, chosen: str = "sage", blocks: Sequence[str] = ()) -> str:
        values = {
            "shop": self.around, "here": "/categories/table", "chosen": chosen, "is_acting": False, "acting_for": None,
            **sample(),
        }  # fmt: skip
        if blocks:
            return render_blocks(self.templates, f"pages/{name}.html", blocks, values)
        return self.templates.get_template(f"pages/{name}.html").render(values)

    def answer(self, route: Route) -> None:
        path, _, query = route.request.url.removeprefix(ORIGIN).partition("?")
        blocks = ("buy",) if route.request.headers.get("hx-request-type") == "partial" else ()
        if path.startswith("/guide/"):
            headers = {"content-security-policy": POLICY, "content-type": "text/html; charset=utf-8"}
            chosen = parse_qs(query).get("colour", ["sage"])[0]
            route.fulfill(body=self.html(path.removeprefix("/guide/"), chosen, blocks), headers=headers)
        elif path == "/cart/lines":
            route.fulfill(body=self.html("product", blocks=("added", "cart_badge_oob")), content_type="text/html")
        elif path.startswith("/media/"):
            route.fulfill(
                body=drawing(int(path.removeprefix("/media/").partition(".")[0])), content_type="image/svg+xml"
            )
        elif path == "/cart/badge":
            badge = self.templates.from_string("{{ ui.cart_badge(3) }}").render()
            route.fulfill(body=badge, content_type="text/html")
        elif path.startswith("/static/") and (found := self.static.find(path)):
            route.fulfill(body=found.bodies["identity"], content_type=found.content_type.decode())
        else:
            route.fulfill(status=404, body="Not found", content_type="text/plain")

    def open(
        self,
        browser: Browser,
        name: str,
        width: int,
        *,
        dark: bool = False,
        scripts: bool = True,
        said: list[str] | None = None,
    ) -> Page:
        """A page in a browser of its own; what the console calls an error goes into `said`."""
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            has_touch=width < 600,
        )
        page = context.new_page()
        page.route("**/*", self.answer)
        if said is not None:
            page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto(f"{ORIGIN}/guide/{name}")
        return page


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that is there: Debian's, or Playwright's own."""
    path = next((one for one in ("/usr/bin/chromium", "/usr/bin/google-chrome") if os.path.exists(one)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        try:
            yield browser
        finally:
            browser.close()


def main(folder: Path, only: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    guide = Guide()
    with chromium() as browser:
        for name in only or PAGES:
            for width in WIDTHS:
                for dark in (False, True):
                    page = guide.open(browser, name, width, dark=dark)
                    page.screenshot(path=folder / f"{name}-{width}-{'dark' if dark else 'light'}.png", full_page=True)
                    page.context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
