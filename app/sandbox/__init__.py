"""The two outside systems that a demo and the tests need at hand: a gateway that speaks Stripe, and a mail catcher.

They belong to the web face only by place: nothing of the shop is imported here, and the shop meets them over the wire.
"""

from app.sandbox.run import Running, SandboxSettings, opened, serve
from app.sandbox.serving import PortTaken

__all__ = ["PortTaken", "Running", "SandboxSettings", "opened", "serve"]
