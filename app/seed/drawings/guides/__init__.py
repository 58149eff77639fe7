"""Guides: birds, trees, a walking map, a cookbook, a log of walks, the stars."""

from app.seed.drawings.guides import birds, cookbook, log, map_, stars, trees

DRAWINGS = {
    **birds.DRAWINGS,
    **trees.DRAWINGS,
    **map_.DRAWINGS,
    **cookbook.DRAWINGS,
    **log.DRAWINGS,
    **stars.DRAWINGS,
}
