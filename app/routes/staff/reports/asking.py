"""What the address of a report asks for: from a day to a day, by which step, in which currency."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

import msgspec
from babel.dates import format_date, format_interval, format_skeleton

from app.web.htmx import AnyRequest
from domains.desk import Span, Step
from domains.kit.i18n import gettext as _

MOST_ROWS = 400  # a longer span is told in longer steps
LONGEST = timedelta(days=3660)
STEPS = {Step.DAY: _("day"), Step.WEEK: _("week"), Step.MONTH: _("month")}
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_DAYS_OF = {Step.DAY: 1, Step.WEEK: 7, Step.MONTH: 28}


class Wanted(msgspec.Struct, frozen=True):
    """What is asked for. `is_longer` where the step is longer than the one asked for, because the span is so long."""

    span: Span
    step: Step
    sort: str
    page: int
    is_longer: bool = False

    def address(self, path: str, **changes: str) -> str:
        """The address that asks the same with some of it changed; an empty value takes it away."""
        said = {
            "from": self.span.first.isoformat(),
            "to": self.span.last.isoformat(),
            "by": str(self.step),
            "currency": self.span.currency,
            "sort": self.sort,
        } | changes
        return f"{path}?{urlencode({key: value for key, value in said.items() if value})}"


def wanted(request: AnyRequest, today: date) -> Wanted:
    """Read the address: what is missing or no date is the last 30 days, by day; ends that are crossed are turned."""
    asked = request.query_params
    last = _day(asked.get("to", "")) or today
    first = _day(asked.get("from", "")) or min(last, today) - timedelta(days=29)
    first, last = min(first, last), max(first, last)
    first = max(first, last - LONGEST)
    step = next((one for one in STEPS if one == asked.get("by")), Step.DAY)
    longer = list(STEPS)[list(STEPS).index(step) :]
    fitting = next((one for one in longer if (last - first).days // _DAYS_OF[one] < MOST_ROWS), Step.MONTH)
    currency = asked.get("currency", "")
    page = asked.get("page", "")
    return Wanted(
        Span(first, last, currency if _CURRENCY.fullmatch(currency) else ""),
        fitting,
        asked.get("sort", "")[:20],
        int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        fitting is not step,
    )


def usual_spans(today: date) -> Sequence[tuple[str, date, date, Step]]:
    """The spans that are asked for every day, with the step that suits them."""
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    year = today.replace(month=1, day=1)
    return (
        (_("Today"), today, today, Step.DAY),
        (_("7 days"), today - timedelta(days=6), today, Step.DAY),
        (_("30 days"), today - timedelta(days=29), today, Step.DAY),
        (_("This month"), month, today, Step.DAY),
        (_("Last month"), before.replace(day=1), before, Step.DAY),
        (_("This year"), year, today, Step.MONTH),
        (_("Last year"), year.replace(year=year.year - 1), year - timedelta(days=1), Step.MONTH),
    )


def step_words(start: date, step: Step, locale: str, *, short: bool = False) -> str:
    """A day, week or month as people write it; `short` for a chart."""
    match step:
        case Step.DAY:
            return format_skeleton("MMMd", start, locale=locale) if short else format_date(start, locale=locale)
        case Step.WEEK:
            if short:
                return format_skeleton("MMMd", start, locale=locale)
            return format_interval(start, start + timedelta(days=6), skeleton="yMMMd", locale=locale)
        case Step.MONTH:
            return format_skeleton("yMMM" if short else "yMMMM", start, locale=locale)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1990 <= found.year < 2200 else None
