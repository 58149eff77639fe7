"""When a parcel arrives: pure, in the shop's time."""

from datetime import date, datetime, timedelta

_SATURDAY = 5


def delivery_dates(ordered: datetime, *, cutoff_hour: int, days_min: int, days_max: int) -> tuple[date, date]:
    """The first and last day of arrival for an order at `ordered`, in the shop's time zone.

    What is ordered on a business day before the cutoff leaves that day, everything else on the next business day;
    then so many business days pass. Business days are Monday to Friday: carriers' holidays are in the longer estimate.
    """
    day = ordered.date()
    if ordered.hour >= cutoff_hour or not _is_business_day(day):
        day = _business_days_after(day, 1)
    return _business_days_after(day, days_min), _business_days_after(day, days_max)


def _business_days_after(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        if _is_business_day(day):
            count -= 1
    return day


def _is_business_day(day: date) -> bool:
    return day.weekday() < _SATURDAY
