"""Disputes: a shopper's bank takes the money back until it is decided."""

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.errors import Body, invalid
from app.sandbox.stripe_server.parameters import Params, boolean, hash_of, metadata

FEE = 1500


def open_dispute(house: House, charge: Body, *, reason: str, amount: int | None = None) -> Body:
    """The bank takes the amount back and asks for evidence within a week."""
    if not charge["captured"] or charge["disputed"]:
        raise invalid(f"Charge {charge['id']} cannot be disputed.", param="charge")
    now = house.store.now()
    amount = amount or charge["amount_captured"] - charge["amount_refunded"]
    dispute = shapes.dispute(charge, amount, now, reason=reason)
    booked = house.store.put(
        shapes.balance_transaction("adjustment", -amount, FEE, dispute["id"], dispute["currency"], now)
    )
    dispute["balance_transactions"] = [booked]
    charge["disputed"] = True
    house.store.put(charge)
    house.store.put(dispute)
    house.announcer.announce("charge.dispute.created", dispute)
    house.announcer.announce("charge.dispute.funds_withdrawn", dispute)
    return dispute


def update(house: House, dispute: Body, params: Params) -> Body:
    """Take evidence, and with `submit` send it to the bank."""
    _check_open(dispute)
    evidence = hash_of(params, "evidence")
    for name, value in evidence.items():
        if name not in shapes.EVIDENCE:
            raise invalid(f"Received unknown parameter: evidence[{name}]", code="parameter_unknown", param="evidence")
        dispute["evidence"][name] = value or None
    if evidence:
        dispute["evidence_details"]["has_evidence"] = True
    dispute["metadata"] = {**dispute["metadata"], **metadata(params)}
    if evidence and boolean(params, "submit", default=True):
        dispute["evidence_details"]["submission_count"] += 1
        dispute["status"] = "under_review"
    house.store.put(dispute)
    house.announcer.announce("charge.dispute.updated", dispute)
    return dispute


def close(house: House, dispute: Body) -> Body:
    """Give in: the dispute is lost."""
    _check_open(dispute)
    return decide(house, dispute, "lost")


def decide(house: House, dispute: Body, outcome: str) -> Body:
    """The bank's decision, `won` or `lost`; won brings the money back."""
    dispute["status"] = outcome
    if outcome == "won":
        now = house.store.now()
        booked = house.store.put(
            shapes.balance_transaction("adjustment", dispute["amount"], 0, dispute["id"], dispute["currency"], now)
        )
        dispute["balance_transactions"].append(booked)
        charge = house.get("charge", dispute["charge"])
        charge["disputed"] = False
        house.store.put(charge)
    house.store.put(dispute)
    if outcome == "won":
        house.announcer.announce("charge.dispute.funds_reinstated", dispute)
    house.announcer.announce("charge.dispute.closed", dispute)
    return dispute


def _check_open(dispute: Body) -> None:
    if dispute["status"] in {"won", "lost"}:
        raise invalid("This dispute is already closed.", param="dispute")
