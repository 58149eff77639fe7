"""Reports: sales, tax, payments and stock over a span of days, as page, chart and file."""

from app.routes.staff.reports import money, reconciliation, sales, stock

ROUTES = [*sales.ROUTES, *money.ROUTES, *stock.ROUTES, *reconciliation.ROUTES]
