"""Tax by rate and country, and payments and refunds by time and method."""

from collections.abc import Sequence

import msgspec
from babel import Locale
from babel.numbers import format_percent

from app.routes.staff.reports.asking import STEPS, Wanted, step_words
from app.routes.staff.reports.showing import Col, Report, Shown, Table, Tile, Told, chart_of, report_routes
from domains import desk
from domains.desk import MoneyRow, TaxRow
from domains.kit import Transaction
from domains.kit.i18n import gettext as _

METHODS = {
    "credit_card": _("Credit card"),
    "debit_card": _("Debit card"),
    "wallet": _("Wallet"),
    "bank_transfer": _("Bank transfer"),
}
_MONEY = (
    Col(_("Payments"), lambda row: row.payments, number=True),
    Col(_("Taken"), lambda row: row.taken, number=True),
    Col(_("Refunds"), lambda row: row.refunds, number=True),
    Col(_("Sent back"), lambda row: row.refunded, number=True),
    Col(_("Came back"), lambda row: row.returned, number=True),
    Col(_("Left"), lambda row: row.net, number=True),
)
_TAXED = (
    Col(_("Taxed amount"), lambda row: row.taxable, number=True),
    Col(_("Of it credited"), lambda row: row.taxable_back, number=True),
    Col(_("Tax invoiced"), lambda row: row.tax, number=True),
    Col(_("Tax credited"), lambda row: row.tax_back, number=True),
    Col(_("Tax due"), lambda row: row.due, number=True),
)


async def _tax(tx: Transaction, asked: Wanted, told: Told) -> Shown:
    over_time = await desk.taxes(tx, asked.span, asked.step)
    names = Locale.parse(told.locale).territories

    def country(row: TaxRow) -> str:
        return str(names.get(row.country, row.country)) if row.country else _("Nowhere: files only")

    def rate(row: TaxRow) -> str:
        if not row.name:
            return _("Without tax")
        return f"{row.name} {format_percent(row.rate_ppm / 1_000_000, '#,##0.####%', locale=told.locale)}"

    def when(row: TaxRow) -> str:
        return "" if row.day is None else step_words(row.day, asked.step, told.locale)

    total, step = over_time.total, STEPS[asked.step]
    steps = {row.day: desk.sum_taxes([one for one in over_time.rows if one.day == row.day], total.tax.currency)
             for row in over_time.rows}  # fmt: skip
    dated = Table(
        title=_("Tax by {step} and rate").format(step=step),
        columns=(
            Col(step.capitalize(), when, in_file=lambda row: row.day),
            Col(_("Country"), country, in_file=lambda row: row.country),
            Col(_("Rate"), rate),
            *_TAXED,
        ),
        rows=over_time.rows if told.is_whole else tuple(reversed(over_time.rows)),
        total=None,
    )
    rates = Table(
        title=_("Tax by country and rate"),
        columns=(Col(_("Country"), country), Col(_("Rate"), rate), *_TAXED),
        rows=_by_rate(over_time.rows),
        total=None,
    )
    return Shown(
        tables=(dated,) if told.is_whole else (rates, dated),
        tiles=(
            Tile(_("Tax invoiced"), total.tax),
            Tile(_("Tax credited"), total.tax_back),
            Tile(_("Tax due"), total.due),
        ),
        chart=chart_of(
            [(step_words(day, asked.step, told.locale, short=True), row.due) for day, row in steps.items() if day],
            told,
            title=_("Tax due by {step}").format(step=step),
            axis=step.capitalize(),
            measure=_("Tax due"),
        ),
        notes=(
            _("Tax counts on the day of its paper: invoices, less credit notes and corrections."),
            _("Where several rates are taken of the same goods, each names their amount; so only the tax is summed."),
        ),
        others=over_time.others,
        is_empty=not over_time.rows,
    )


def _by_rate(rows: Sequence[TaxRow]) -> list[TaxRow]:
    """The rows of several times as one for each country and rate."""
    parts: dict[tuple[str, str, int], list[TaxRow]] = {}
    for row in rows:
        parts.setdefault((row.country, row.name, row.rate_ppm), []).append(row)
    return [
        msgspec.structs.replace(
            desk.sum_taxes(found, found[0].tax.currency), country=country, name=name, rate_ppm=rate_ppm
        )
        for (country, name, rate_ppm), found in sorted(parts.items())
    ]


async def _payments(tx: Transaction, asked: Wanted, told: Told) -> Shown:
    over_time = await desk.money_over_time(tx, asked.span, asked.step)
    by_method = await desk.money_by_method(tx, asked.span)
    total, step = over_time.total, STEPS[asked.step]

    def when(row: MoneyRow) -> str:
        return "" if row.day is None else step_words(row.day, asked.step, told.locale)

    def method(row: MoneyRow) -> str:
        return METHODS.get(row.method, _("Other"))

    dated = Table(
        title=_("Payments and refunds by {step}").format(step=step),
        columns=(Col(step.capitalize(), when, in_file=lambda row: row.day), *_MONEY),
        rows=over_time.rows if told.is_whole else tuple(reversed(over_time.rows)),
        total=total,
    )
    methods = Table(
        title=_("By method"), columns=(Col(_("Method"), method), *_MONEY), rows=by_method.rows, total=by_method.total
    )
    return Shown(
        tables=(dated,) if told.is_whole else (methods, dated),
        tiles=(
            Tile(_("Taken"), total.taken),
            Tile(_("Sent back"), total.refunded),
            Tile(_("Left"), total.net),
        ),
        chart=chart_of(
            [
                (step_words(row.day, asked.step, told.locale, short=True), row.taken)
                for row in over_time.rows
                if row.day
            ],
            told,
            title=_("Taken by {step}").format(step=step),
            axis=step.capitalize(),
            measure=_("Taken"),
        ),
        notes=(
            _("Money counts on the day it was booked, also of orders that never came about."),
            _("“Came back” are refunds that a bank could not deliver and sent back to the shop."),
        ),
        others=over_time.others,
        is_empty=not (total.payments or total.refunds or total.returned),
    )


REPORTS = (
    Report(
        key="report-tax",
        title=_("Tax"),
        tab="tax",
        path="/staff/reports/tax",
        route="staff.reports.tax",
        permission="reports.see",
        export="exports.take",
        make=_tax,
    ),
    Report(
        key="report-payments",
        title=_("Payments and refunds"),
        tab="payments",
        path="/staff/reports/payments",
        route="staff.reports.payments",
        permission="reports.see",
        export="exports.take",
        make=_payments,
    ),
)
ROUTES = [route for report in REPORTS for route in report_routes(report)]
