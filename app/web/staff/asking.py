"""The address of a list into what it asks for, and back into addresses that ask for something a little different."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from app.web.htmx import AnyRequest
from app.web.staff.lists import Filter, Options, StaffList
from domains.kit import Money
from domains.kit.listing import PAGE_SIZE, Asked, Days, Place, Span

_LONGEST = 200
_MOST_CHOSEN = 50
_WHOLE = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,12}([.,][0-9]{1,3})?", re.ASCII)

type Pairs = tuple[tuple[str, str], ...]


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What an address asks of a list: `asked` for the query function, `kept` as the pairs that say it again.

    `kept` has neither place nor columns; only what was understood stands in it.
    """

    asked: Asked
    kept: Pairs
    columns: tuple[str, ...] = ()
    view: str = ""

    def address(self, path: str, **change: str | None) -> str:
        """The address of the list with some of it changed (none takes it away) from its first page."""
        pairs = [(key, value) for key, value in self.pairs if key not in change]
        pairs += [(key, value) for key, value in change.items() if value]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def without(self, path: str, *gone: tuple[str, str]) -> str:
        """The address without these pairs."""
        pairs = [pair for pair in self.pairs if pair not in gone and pair[0] != "view"]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    @property
    def pairs(self) -> Pairs:
        """All of it but the place."""
        more = [("columns", ",".join(self.columns))] if self.columns else []
        more += [("view", self.view)] if self.view else []
        return (*self.kept, *more)

    @property
    def text(self) -> str:
        """What a saved view keeps."""
        return urlencode([pair for pair in self.pairs if pair[0] != "view"])

    def value(self, key: str) -> str:
        """What a field of the filter form holds."""
        return next((value for name, value in self.kept if name == key), "")


def read_query(
    request: AnyRequest, spec: StaffList, *, zone: ZoneInfo, currency: str, options: Mapping[str, Options]
) -> Query:
    """What the address asks for. What is not offered, or is no date or number, is left out and not shown as applied."""
    return query_from(list(request.query_params.multi_items()), spec, zone=zone, currency=currency, options=options)


def query_from(
    sent: Sequence[tuple[str, str]], spec: StaffList, *, zone: ZoneInfo, currency: str, options: Mapping[str, Options]
) -> Query:
    """`read_query` for pairs already at hand."""
    given: dict[str, list[str]] = {}
    for key, value in sent:
        given.setdefault(key, []).append(value.replace("\x00", "").strip()[:_LONGEST])
    kept: list[tuple[str, str]] = []
    q = _last(given, "q") if spec.search else ""
    if q:
        kept.append(("q", q))
    choices, texts, spans, within = {}, {}, {}, {}
    for one in spec.filters:
        match one.kind:
            case "choice":
                offered = {value for value, _label in options.get(one.key, one.options)}
                chosen = tuple(dict.fromkeys(value for value in given.get(one.key, ()) if value in offered))
                chosen = chosen[:_MOST_CHOSEN] if one.many else chosen[-1:]
                if chosen:
                    choices[one.key] = chosen
                    kept += [(one.key, value) for value in chosen]
            case "words":
                if text := _last(given, one.key):
                    texts[one.key] = text
                    kept.append((one.key, text))
            case "days":
                since, until = _day(given, f"{one.key}_from"), _day(given, f"{one.key}_to")
                if since or until:
                    within[one.key] = Days(_start(since, zone), _start(until and until + timedelta(days=1), zone))
                    kept += _ends(one, "from", "to", str(since or ""), str(until or ""))
            case "amounts" | "numbers":
                read = _amount if one.kind == "amounts" else _number
                least, most = (read(_last(given, f"{one.key}_{end}"), currency) for end in ("min", "max"))
                if least is not None or most is not None:
                    spans[one.key] = Span(least, most)
                    low = _last(given, f"{one.key}_min") if least is not None else ""
                    high = _last(given, f"{one.key}_max") if most is not None else ""
                    kept += _ends(one, "min", "max", low, high)
    sort, is_down = _sort(_last(given, "sort"), spec)
    if f"{'-' if is_down else ''}{sort}" != spec.sort:
        kept.append(("sort", f"{'-' if is_down else ''}{sort}"))
    known = {column.key for column in spec.columns}
    columns = tuple(dict.fromkeys(key for key in _last(given, "columns").split(",") if key in known))
    return Query(
        asked=Asked(
            q=q, choices=choices, texts=texts, days=within, spans=spans, sort=sort, descending=is_down,
            after=_place(given, "after"), before=_place(given, "before"), limit=PAGE_SIZE,
        ),
        kept=tuple(kept),
        columns=columns,
        view=_last(given, "view"),
    )  # fmt: skip


def _last(given: Mapping[str, list[str]], key: str) -> str:
    return given[key][-1] if given.get(key) else ""


def _place(given: Mapping[str, list[str]], key: str) -> Place | None:
    return Place.parse(_last(given, key)) if given.get(key) else None


def _sort(word: str, spec: StaffList) -> tuple[str, bool]:
    allowed = {column.sort for column in spec.columns if column.sort}
    name = word.removeprefix("-")
    if name not in allowed:
        word, name = spec.sort, spec.sort.removeprefix("-")
    return name, word.startswith("-")


def _ends(one: Filter, first: str, last: str, low: str | None, high: str | None) -> list[tuple[str, str]]:
    return [(f"{one.key}_{end}", value) for end, value in ((first, low), (last, high)) if value]


def _day(given: Mapping[str, list[str]], key: str) -> date | None:
    try:
        found = date.fromisoformat(_last(given, key))
    except ValueError:
        return None
    return found if 1970 <= found.year < 2200 else None


def _start(day: date | None, zone: ZoneInfo) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), zone)


def _number(text: str, _currency: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None


def _amount(text: str, currency: str) -> int | None:
    return Money.parse(text.replace(",", "."), currency).amount if _AMOUNT.fullmatch(text) else None


def is_id(text: str) -> bool:
    """Whether `text` is an id of ours."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
