"""Products, what people said of them for a query, and how good an order is by that."""

import gzip
import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

GAINS = {"E": 1.0, "S": 0.1, "C": 0.01, "I": 0.0}
DEPTH = 10
RECALL_DEPTH = 100


class Product(msgspec.Struct, frozen=True):
    """A product of the file."""

    asin: str
    title: str
    description: str | None = ""
    bullet_points: str | None = ""
    brand: str | None = ""
    color: str | None = ""
    category: tuple[str, ...] = ()
    price: float | None = None

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.bullet_points, self.description) if part)


class Judged(msgspec.Struct, frozen=True):
    """A query, and what people said of products for it."""

    query: str
    labels: Mapping[str, str]


class Answer(msgspec.Struct, frozen=True):
    """What a search gave: ids in order, and how long the first page took."""

    judged: Judged
    found: Sequence[str]
    seconds: float = 0.0


class Result(msgspec.Struct, frozen=True):
    """The means over the queries, and how long they took."""

    ndcg: float
    recall: float
    median: float
    p95: float


def ndcg(found: Sequence[str], labels: Mapping[str, str]) -> float:
    """How near the first ten are to the best possible ten: 1 is perfect."""
    ideal = sorted((GAINS[label] for label in labels.values()), reverse=True)
    best = _discounted(ideal)
    return _discounted([GAINS[labels[one]] if one in labels else 0.0 for one in found]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains[:DEPTH]))


def recall(found: Sequence[str], labels: Mapping[str, str]) -> float:
    """The share of the exact matches that is among the first hundred."""
    exact = {one for one, label in labels.items() if label == "E"}
    return len(exact & set(found[:RECALL_DEPTH])) / len(exact) if exact else 0.0


def score(answers: Sequence[Answer]) -> Result:
    """The means over the answers."""
    seconds = sorted(answer.seconds for answer in answers)
    return Result(
        ndcg=statistics.mean(ndcg(answer.found, answer.judged.labels) for answer in answers),
        recall=statistics.mean(recall(answer.found, answer.judged.labels) for answer in answers),
        median=statistics.median(seconds),
        p95=seconds[math.ceil(0.95 * len(seconds)) - 1],
    )


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a file, packed or not."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        yield from file


def read_products(path: Path) -> list[Product]:
    return [msgspec.json.decode(line, type=Product) for line in lines_of(path)]


def read_judgments(path: Path) -> list[Judged]:
    return [msgspec.json.decode(line, type=Judged) for line in lines_of(path)]
