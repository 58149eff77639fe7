"""That the bench measures what it says, and that the shop's search is as good as it must be."""

import gzip
import json
import math
from pathlib import Path

import pytest

from bench.judging import DEPTH, Answer, Judged, ndcg, read_judgments, read_products, recall, score
from bench.search_quality import measure

_LABELS = {"a": "E", "b": "S", "c": "C", "d": "I", "e": "E"}


def test_the_best_order_is_worth_one_and_any_other_less() -> None:
    assert ndcg(["a", "e", "b", "c", "d"], _LABELS) == pytest.approx(1)
    assert ndcg(["e", "a", "b", "c"], _LABELS) == pytest.approx(1)
    assert 0 < ndcg(["d", "c", "b", "a", "e"], _LABELS) < 1
    assert ndcg([], _LABELS) == 0
    assert ndcg(["a"], {"x": "I"}) == 0


def test_gains_are_discounted_by_place_and_what_nobody_judged_is_worth_nothing() -> None:
    ideal = 1 + 1 / math.log2(3) + 0.1 / math.log2(4) + 0.01 / math.log2(5)

    assert ndcg(["unknown", "a"], _LABELS) == pytest.approx((1 / math.log2(3)) / ideal)
    assert ndcg(["unknown"] * 10 + ["a"], _LABELS) == 0


def test_recall_is_the_share_of_exact_matches_in_the_first_hundred() -> None:
    assert recall(["a", "b"], _LABELS) == 0.5
    assert recall(["x"] * 100 + ["a", "e"], _LABELS) == 0
    assert recall(["a"], {"a": "S"}) == 0


def test_queries_count_alike() -> None:
    good = Answer(Judged("one", {"a": "E"}), ["a"], 0.1)
    bad = Answer(Judged("two", {"b": "E"}), ["x"], 0.3)

    result = score([good, bad])

    assert (result.ndcg, result.recall, result.median, result.p95) == (0.5, 0.5, 0.2, 0.3)


@pytest.mark.slow
async def test_files_packed_or_not_are_loaded_and_asked(tmp_path: Path) -> None:
    products = tmp_path / "products.jsonl.gz"
    rows = [
        {"asin": "P1", "title": "Oak desk lamp", "category": ["Home", "Lamps"], "price": 19.99, "color": "Oak"},
        {"asin": "P2", "title": "Lampshade for a lamp", "category": ["Home"], "price": None, "brand": "Aster"},
        {"asin": "P3", "title": "Mug", "description": "Not a lamp.", "category": []},
    ]
    with gzip.open(products, "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    judgments = tmp_path / "judgments.jsonl"
    judgments.write_text(json.dumps({"query": "lamp", "labels": {"P1": "E", "P2": "C"}}) + "\n")

    [answer] = await measure(products, judgments)

    assert len(read_products(products)) == 3
    assert read_judgments(judgments)[0].query == "lamp"
    assert answer.found == ["P1", "P2", "P3"]
    assert score([answer]).ndcg == pytest.approx(1)


@pytest.mark.slow
async def test_real_queries_of_shoppers_are_answered_better_than_by_bm25(shared_data: Path) -> None:
    folder = shared_data / "search"

    result = score(await measure(folder / "products.jsonl.gz", folder / "judgments.jsonl", depth=DEPTH))

    assert result.ndcg >= 0.63  # BM25 of all fields reaches 0.56 on these
