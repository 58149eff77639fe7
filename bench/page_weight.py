"""What the first view of a page weighs as it goes over the wire, pictures apart.

    python -m bench.page_weight [--base URL]

The shop has to run already (`make demo`). A browser that has never been here opens each page; counted are the bytes of
every answer as they were sent, compressed. Ends with 1 where a page is heavier than 50 kB without its pictures.
"""

import argparse
import sys
from typing import Any, Final

from playwright.sync_api import sync_playwright

from app.runtime import browser

PAGES: Final = {"home": "/", "category": "/categories/kitchen", "product": "/products/harbor-stoneware-mug"}
LIMIT: Final = 50_000
_PICTURES: Final = ("image/", "font/")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.page_weight", description="Weigh the first view of pages.")
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="where the shop runs")
    base = parser.parse_args().base
    too_heavy = 0
    print(f"{'page':<10} {'page':>8} {'styles':>8} {'scripts':>8} {'other':>8} {'sum':>8} {'pictures':>9} bytes")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.require(whole=True), args=list(browser.ARGUMENTS))
        for name, path in PAGES.items():
            window = chromium.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
            weights = _weigh(window, base + path)
            window.close()
            words = sum(weights.values()) - weights["pictures"]
            too_heavy += words > LIMIT
            parts = " ".join(f"{weights[part]:>8}" for part in ("document", "styles", "scripts", "other"))
            print(f"{name:<10} {parts} {words:>8} {weights['pictures']:>9}", flush=True)
        chromium.close()
    return 1 if too_heavy else 0


def _weigh(window: Any, url: str) -> dict[str, int]:
    weights = dict.fromkeys(("document", "styles", "scripts", "other", "pictures"), 0)
    kinds: dict[str, str] = {}
    page = window.new_page()
    devtools = window.new_cdp_session(page)
    devtools.send("Network.enable")

    def answered(event: dict[str, Any]) -> None:
        kind = event["response"]["mimeType"]
        part = {"text/html": "document", "text/css": "styles", "text/javascript": "scripts"}.get(kind, "other")
        kinds[event["requestId"]] = "pictures" if kind.startswith(_PICTURES) else part

    def finished(event: dict[str, Any]) -> None:
        weights[kinds.get(event["requestId"], "other")] += int(event["encodedDataLength"])

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="networkidle")
    return weights


if __name__ == "__main__":
    sys.exit(main())
