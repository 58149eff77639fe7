"""Orders of the past as they were placed: priced, taxed and held as checkout does it."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from app.sandbox.stripe_server.history import PastPayment
from app.seed.delivery import WEIGHTS, ZONES, Method, Place
from app.seed.past.planning import Fate, PastOrder
from app.seed.shop import DETAILS
from domains import inventory, orders, payments, pricing, shipping
from domains.catalog import VariantView
from domains.inventory import Demand
from domains.kit import Address, Money, Transaction, new_id
from domains.orders import DraftLine, DraftTax, OrderDraft
from domains.payments.gateway import to_gateway
from domains.pricing import PricedLine, TaxMode, TaxTable, Totals

_ZONE = ZoneInfo(DETAILS.time_zone)
_CURRENCY = DETAILS.currency
_MODE = TaxMode(DETAILS.prices_include_tax, DETAILS.tax_rounding, DETAILS.tax_on_shipping)
_CUTOFF_HOUR = 14


class Placed(msgspec.Struct, frozen=True):
    """An order that waits for its payment."""

    order: PastOrder
    order_id: UUID
    number: str
    account_id: UUID | None
    payment: PastPayment
    products: Mapping[str, UUID]
    """The ids of what was bought, by the SKU of the product."""

    def in_units(self, amount: Money) -> int:
        """As the gateway counts."""
        return to_gateway(amount.amount, amount.currency)


class Counter:
    """Places orders; what does not change between them is asked for once."""

    def __init__(self, variants: Mapping[str, VariantView], accounts: Mapping[str, UUID]) -> None:
        self._variants = variants
        self._accounts = accounts
        self._taxes: dict[tuple[str, str, str], TaxTable] = {}

    async def place(self, tx: Transaction, order: PastOrder) -> Placed:
        """Hold the goods, open the payment, place the order, begin to pay. The clock stands at its moment."""
        order_id, account_id = new_id(), self._accounts.get(order.person.email)
        demands = [Demand(self._variants[each.variant.sku].variant_id, each.quantity) for each in order.bought]
        await inventory.reserve(tx, lines=demands, holder=order_id, visitor="")
        method = _method(order)
        totals = await self._totals(tx, order, method)
        amount = Money(totals.total, _CURRENCY)
        payment_id = await payments.open(tx, order_id=order_id, user_id=account_id, amount=amount)
        draft = self._draft(order, order_id, account_id, payment_id, method, totals)
        number = (await orders.place(tx, draft)).number
        await inventory.bind(tx, holder=order_id, order_id=order_id)
        attempt = await payments.start_attempt(tx, payment_id)
        payment = PastPayment(
            order_id=order_id,
            order_number=number,
            payment_id=payment_id,
            attempt_id=attempt.id,
            amount=to_gateway(amount.amount, amount.currency),
            currency=_CURRENCY,
            at=order.at + timedelta(seconds=30),
            account_id=account_id,
            status="canceled" if order.fate is Fate.UNPAID else "succeeded",
            captured_at=order.at + timedelta(seconds=35),
            card=order.card,
        )
        products = {each.product.sku: self._variants[each.variant.sku].product_id for each in order.bought}
        return Placed(order, order_id, number, account_id, payment, products)

    async def _totals(self, tx: Transaction, order: PastOrder, method: Method) -> Totals:
        subtotal = sum(each.variant.amount * each.quantity for each in order.bought)
        weight = sum(each.variant.weight_grams * each.quantity for each in order.bought)
        band = next(
            number for number, (low, high) in enumerate(WEIGHTS) if weight >= low and (not high or weight < high)
        )
        is_free = method.free_from is not None and subtotal >= method.free_from
        return pricing.totals(
            [
                PricedLine(each.variant.sku, each.variant.amount, each.quantity, each.product.tax_class)
                for each in order.bought
            ],
            shipping=0 if is_free else method.amounts[band],
            discount=0,
            rates=await self._rates(tx, order.person.address),
            mode=_MODE,
            currency=_CURRENCY,
        )

    async def _rates(self, tx: Transaction, address: Address) -> TaxTable:
        place = (address.country, address.state, address.postal_code)
        if place not in self._taxes:
            self._taxes[place] = await pricing.tax_rates(tx, address)
        return self._taxes[place]

    def _draft(
        self,
        order: PastOrder,
        order_id: UUID,
        account_id: UUID | None,
        payment_id: UUID,
        method: Method,
        totals: Totals,
    ) -> OrderDraft:
        earliest, latest = shipping.delivery_dates(
            order.at.astimezone(_ZONE), cutoff_hour=_CUTOFF_HOUR, days_min=method.days_min, days_max=method.days_max
        )
        tax_of = {line.key: line.tax for line in totals.lines}
        bought = [(each, self._variants[each.variant.sku]) for each in order.bought]
        return OrderDraft(
            id=order_id,
            user_id=account_id,
            email=order.person.email,
            currency=_CURRENCY,
            prices_include_tax=DETAILS.prices_include_tax,
            lines=tuple(
                DraftLine(
                    product_id=variant.product_id,
                    variant_id=variant.variant_id,
                    product_name=variant.product_name,
                    options=variant.options,
                    sku=variant.sku,
                    tax_class=variant.tax_class,
                    unit_price=each.variant.amount,
                    quantity=each.quantity,
                    tax=tax_of[variant.sku],
                )
                for each, variant in bought
            ),
            tax_lines=tuple(
                DraftTax(name=line.name, rate_ppm=line.rate_ppm, taxable=line.taxable, tax=line.tax)
                for line in totals.tax_breakdown
            ),
            subtotal=totals.subtotal,
            discount=totals.discount,
            shipping=totals.shipping,
            tax=totals.tax,
            total=totals.total,
            shipping_address=order.person.address,
            billing_address=order.person.address,
            shipping_method=method.name,
            delivery_from=earliest,
            delivery_until=latest,
            payment_id=payment_id,
        )


def _method(order: PastOrder) -> Method:
    country = order.person.address.country
    zone = next(zone for zone in ZONES if Place(country) in zone.places)
    return zone.methods[1 if order.is_express else 0]
