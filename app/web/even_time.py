"""The same time for every answer, so that nobody learns from the clock what the words do not say."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

STEP = 0.25  # seconds; several times what the work takes on a busy machine


@asynccontextmanager
async def even_time(step: float = STEP) -> AsyncIterator[None]:
    """Leave the block at the end of a whole number of `step`s since it was entered. Open nothing around it."""
    began = time.monotonic()
    try:
        yield
    finally:
        spent = time.monotonic() - began
        await asyncio.sleep(step * (spent // step + 1) - spent)
