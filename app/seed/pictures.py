"""The pictures, painted and stored before any row speaks of them; their keys are hashes of their content."""

import asyncio
import os
from collections.abc import Iterator, Mapping

from app.seed.catalogue import CATEGORIES, PRODUCTS, Choice, Product
from app.seed.drawings import DRAWINGS, painted, scenes
from domains.catalog import Encoded, Storage

WIDTH = 1280

type Pictures = Mapping[str, Encoded]


def of_category(slug: str) -> str:
    """The name of a category's picture among all."""
    return f"category {slug}"


def of_product(product: Product, choice: Choice) -> tuple[str, ...]:
    """The names of a product's pictures in a color: whole, and in its first color also detail and scene."""
    whole = f"{product.sku} {choice.label} whole"
    if choice != product.colors()[0]:
        return (whole,)
    return whole, f"{product.sku} detail", f"{product.sku} scene"


async def paint_all(storage: Storage, width: int = WIDTH) -> Pictures:
    """Paint every picture on all cores and store it; by name. Doing it again stores the same objects again."""
    cores = asyncio.Semaphore(os.cpu_count() or 2)
    done: dict[str, Encoded] = {}

    async def paint(name: str, svg: str) -> None:
        async with cores:
            content, wide, high = await asyncio.to_thread(painted, svg, width)
        picture = Encoded("webp", wide, high, content)
        await storage.put(picture.key, content)
        done[name] = picture

    async with asyncio.TaskGroup() as painters:
        for name, svg in _drawn():
            painters.create_task(paint(name, svg))
    return done


def _drawn() -> Iterator[tuple[str, str]]:
    for category in CATEGORIES:
        yield of_category(category.slug), scenes.category(category.slug)
    for product in PRODUCTS:
        drawing = DRAWINGS[product.drawing]
        for choice in product.colors():
            color = choice.color or product.color
            for name, view in zip(of_product(product, choice), drawing.views(), strict=False):
                yield name, view.svg(color)
