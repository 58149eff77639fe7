"""What every page has to be: sound for axe, within the screen, big enough for a thumb, with one heading and a title."""

import json
import re
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from e2e.windows import DESKTOP, PHONE, TABLET

AXE: Final = (Path(__file__).parent / "vendor" / "axe-4.14.1.min.js").read_text()
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
UNLOADED: Final = re.compile(
    r">\s*None\s*<|[\"'=]None[\"']|Undefined\b|Money\(|\{\{|\{%|%\(\w+\)s|datetime\.\w|UUID\(|<built-in|object at 0x"
)
ESCAPED: Final = re.compile(r"&(?:amp|lt|gt|quot|#\d+);")
SMALL_TARGETS: Final = """() => [...document.querySelectorAll(
    "button, .button, .input, summary, nav a, .choice__input, .option, .chip, .header a")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest(".visually-hidden"))
  .map(one => [one.className || one.tagName, (one.closest(".choice") || one).getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 39.5 || box.width < 24))
  .map(([name, box]) => `${name} ${box.width}×${box.height}`)"""
# What stands out of the screen at the right, the innermost of it: a width alone would not say what to mend.
TOO_WIDE: Final = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5 && !one.children.length)
  .map(one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`)"""

# Colours and places have followed the window; nothing moves slowly in windows whose visitors want less motion.
DRAWN: Final = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def problems(page: Page) -> list[str]:
    """All that is wrong with a page as it stands, by day and night, from phone to desktop; the window is left wide."""
    found = _headings(page) + _raw(page)
    for scheme, size in (("dark", DESKTOP), ("light", TABLET), ("dark", PHONE), ("light", PHONE), ("light", DESKTOP)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size(size)
        page.evaluate(DRAWN)
        where = f"{size['width']} {scheme}"
        found += [f"{where}: too wide: {one}" for one in page.evaluate(TOO_WIDE)]
        if size is PHONE and scheme == "light":
            found += [f"{where}: small: {one}" for one in page.evaluate(SMALL_TARGETS)]
        if size is not TABLET:
            # Colours differ by night alone, places by width alone: two of the four are looked at in full.
            whole = (size is DESKTOP) == (scheme == "light")
            found += [f"{where}: {one}" for one in axe(page, RULES if whole else None)]
    return found


def sound(page: Page) -> list[str]:
    """`problems` in short, for many pages that are made of the same parts: as a phone shows it by day, and the colours
    of a desktop by night; the window is left wide, by day."""
    found = _headings(page) + _raw(page)
    for scheme, size in (("light", PHONE), ("dark", DESKTOP)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size(size)
        page.evaluate(DRAWN)
        where = f"{size['width']} {scheme}"
        found += [f"{where}: too wide: {one}" for one in page.evaluate(TOO_WIDE)]
        if size is PHONE:
            found += [f"{where}: small: {one}" for one in page.evaluate(SMALL_TARGETS)]
        found += [f"{where}: {one}" for one in axe(page, RULES if size is PHONE else None)]
    page.emulate_media(color_scheme="light")
    return found


def axe(page: Page, tags: list[str] | None = None) -> list[str]:
    """What axe finds, by these tags; without any, the contrast of colours alone."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    only = {"type": "tag", "values": tags} if tags else {"type": "rule", "values": ["color-contrast"]}
    result: dict[str, Any] = page.evaluate(
        "only => axe.run({runOnly: only, resultTypes: ['violations'], iframes: false})", only
    )
    return [
        f"{broken['id']}: {broken['help']}: {node['html'][:160]} | {node['failureSummary']}"
        for broken in result["violations"]
        for node in broken["nodes"]
    ]


def _headings(page: Page) -> list[str]:
    found = []
    headings = page.get_by_role("heading", level=1).all_inner_texts()
    if len(headings) != 1:
        found.append(f"{len(headings)} headings of the first level: {headings}")
    if len(page.title()) < 5:
        found.append(f"the title is {page.title()!r}")
    return found


def _raw(page: Page) -> list[str]:
    """What was printed as it came: a value that was never loaded, a template's own signs, an escape seen by people."""
    found = [f"raw in the page: {raw}" for raw in sorted(set(UNLOADED.findall(page.content())))]
    found += [f"raw in the text: {raw}" for raw in sorted(set(ESCAPED.findall(page.locator("body").inner_text())))]
    for data in page.locator("script[type='application/ld+json']").all_text_contents():
        if not isinstance(json.loads(data), dict | list) or UNLOADED.search(data) or '": null' in data:
            found.append(f"raw in JSON-LD: {data[:200]}")
    return found
