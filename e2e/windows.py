"""Browser windows of visitors, each from an address of its own, with their consoles watched."""

import itertools
import os
from typing import Final

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, ViewportSize

PATIENCE = 20_000  # milliseconds; a loaded machine is slow, and no test waits longer than it must
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
TABLET: Final[ViewportSize] = {"width": 768, "height": 1024}
DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 900}

_addresses = itertools.count(1)


class Windows:
    """Opens windows of `browser` on the shop at `url`; `complaints` are what their pages threw or were forbidden."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(
        self, *, phone: bool = False, scripts: bool = True, dark: bool = False, motion: bool = False, scale: float = 1
    ) -> Page:
        context = self._browser.new_context(
            base_url=self._url,
            viewport=PHONE if phone else DESKTOP,
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            reduced_motion="no-preference" if motion else "reduce",
            has_touch=phone,
            device_scale_factor=scale,
            locale="en-US",
            # The shop limits by network, and every window here is on one machine: each poses as a house of its own.
            extra_http_headers={"X-Forwarded-For": _house()},
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        context.on("page", self._watch)
        return context.new_page()

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _watch(self, page: Page) -> None:
        def thrown(error: Error) -> None:
            self.complaints.append(f"{page.url}: {error}")

        def said(message: ConsoleMessage) -> None:
            if "Content Security Policy" in message.text:
                self.complaints.append(f"{page.url}: {message.text}")

        page.on("pageerror", thrown)
        page.on("console", said)


def _house() -> str:
    number = os.getpid() % 200 * 1000 + next(_addresses)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
