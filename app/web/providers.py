"""What a handler may ask for by name: `db`, `visitor`, `settings`, `gateway`, `storage`, `papers`, `printer`,
`limiter`."""

from typing import Any

from litestar.connection import Request
from litestar.datastructures import State
from litestar.di import Provide

from app.runtime.documents import DocumentPrinter
from app.runtime.settings import Settings
from app.web.limits import Limiter
from app.web.visitors import Visitor, load_visitor
from domains.catalog import Storage
from domains.kit import Database
from domains.payments.gateway import Gateway


def _db(state: State) -> Database:
    found: Database = state.db
    return found


def _settings(state: State) -> Settings:
    found: Settings = state.settings
    return found


def _gateway(state: State) -> Gateway:
    found: Gateway = state.gateway
    return found


def _storage(state: State) -> Storage:
    found: Storage = state.storage
    return found


def _papers(state: State) -> Storage:
    found: Storage = state.papers
    return found


def _printer(state: State) -> DocumentPrinter:
    found: DocumentPrinter = state.printer
    return found


def _limiter(state: State) -> Limiter:
    found: Limiter = state.limiter
    return found


async def _visitor(request: Request[Any, Any, Any]) -> Visitor:
    return await load_visitor(request)


PROVIDERS = {
    "db": Provide(_db, sync_to_thread=False),
    "settings": Provide(_settings, sync_to_thread=False),
    "gateway": Provide(_gateway, sync_to_thread=False),
    "storage": Provide(_storage, sync_to_thread=False),
    "papers": Provide(_papers, sync_to_thread=False),
    "printer": Provide(_printer, sync_to_thread=False),
    "limiter": Provide(_limiter, sync_to_thread=False),
    "visitor": Provide(_visitor),
}
