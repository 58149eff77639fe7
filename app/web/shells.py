"""Keeps what every page's header and footer show, and notices a change before the next page is made."""

from typing import Any

import structlog
from litestar import Request

from app.runtime.regions import region_of
from app.runtime.settings import Settings
from app.web.menus import menus_of
from app.web.shell import Shell
from app.web.switches import refuse_switched_off
from app.web.urls import Urls
from domains import catalog, content, store
from domains.content import MenuName
from domains.kit import Actor, Database, Transaction

log = structlog.get_logger(__name__)

_STAMP = "SELECT coalesce(sum(version), 0) FROM kit.streams WHERE stream IN ('shop', 'category', 'page', 'menu')"
_WITHOUT_SHELL = ("/health/", "/webhooks/", "/media/", "/api/")


class ShellKeeper:
    """The present `Shell`; `refresh` reads it anew when the shop, its categories, pages or menus have new events.

    One indexed query per page is what it costs that an edit is visible in the next request of every process.
    """

    def __init__(self, settings: Settings, urls: Urls) -> None:
        self._settings = settings
        self._urls = urls
        self._stamp = -1
        self._shell = Shell(name="Shop", base_url=settings.base_url)

    def current(self) -> Shell:
        return self._shell

    async def refresh(self, request: Request[Any, Any, Any]) -> None:
        """Notice what has changed, and refuse what staff have switched off.

        A database that is down leaves the last shell, so that errors have one.
        """
        if request.url.path.startswith(_WITHOUT_SHELL):
            return
        db: Database = request.app.state.db
        try:
            async with db.transaction(Actor.system("shell")) as tx:
                stamp = int((await tx.sql(_STAMP)).scalar_one())
                if stamp != self._stamp:
                    self._shell = await self._read(tx)
                    self._stamp = stamp
        except OSError as error:
            log.error("shell.stale", error=type(error).__name__)
        await refuse_switched_off(request, self._shell.switched_off)

    async def _read(self, tx: Transaction) -> Shell:
        if not await store.is_set_up(tx):
            return self._shell
        shop = await store.shop(tx)
        pages = await content.published(tx)
        menus = await menus_of(tx, pages, await catalog.tree(tx), self._urls)
        logos = await catalog.pictures_of(tx, [shop.logo_id])
        return Shell(
            name=shop.name,
            tagline=shop.tagline,
            logo=next(iter(logos.values()), None),
            base_url=self._settings.base_url,
            currency=shop.currency,
            locale=region_of(shop).locale,
            time_zone=shop.time_zone,
            categories=menus.links[MenuName.HEADER],
            goods=menus.links[MenuName.GOODS],
            service=menus.links[MenuName.SERVICE],
            legal=menus.links[MenuName.LEGAL],
            titles={str(menu): title for menu, title in menus.titles.items()},
            pages={entry.slug: self._urls("pages.show", slug=entry.slug) for entry in pages},
            switched_off=await store.switched_off(tx),
        )


async def refresh_shell(request: Request[Any, Any, Any]) -> None:
    """Litestar's `before_request` hook."""
    keeper: ShellKeeper = request.app.state.shells
    await keeper.refresh(request)
