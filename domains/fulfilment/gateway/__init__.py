"""Carriers: what each program that speaks with one can do, and the two that are built in.

A further carrier is a class with these methods, listed in `carriers_of`; all that a shop calls its carriers by, whether
they are offered and where their parcels are followed stands in `fulfilment.carriers`.
"""

from collections.abc import Mapping

from domains.fulfilment.gateway.manual import ManualCarrier
from domains.fulfilment.gateway.protocol import Carrier, Followed
from domains.fulfilment.gateway.simulated import SimulatedCarrier

__all__ = ["Carrier", "Followed", "ManualCarrier", "SimulatedCarrier", "carriers_of"]


def carriers_of(secret: str, *, pace: float = 1.0) -> Mapping[str, Carrier]:
    """The program of each adapter by its name. `secret` signs what the simulated one posts; `pace` is how many times
    faster than in life its parcels travel.
    """
    return {"manual": ManualCarrier(), "simulated": SimulatedCarrier(secret, pace=pace)}
