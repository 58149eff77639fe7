"""The demo shop "Meander": what it sells, the pictures of it, and how all of it gets into an empty database."""

from app.seed.seed import NotADemo, fill, seed

__all__ = ["NotADemo", "fill", "seed"]
