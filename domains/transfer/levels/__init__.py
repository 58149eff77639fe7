"""Shopify's inventory file: what lies where, written and read again."""

from domains.transfer.levels.reading import LevelOutcome, LevelRow, LevelsRefused, LevelsReport
from domains.transfer.levels.taking import import_levels
from domains.transfer.levels.writing import export_levels

__all__ = [
    "LevelOutcome",
    "LevelRow",
    "LevelsRefused",
    "LevelsReport",
    "export_levels",
    "import_levels",
]
