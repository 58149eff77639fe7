"""Pictures with several things in them: the home picture and one per category."""

from app.seed.drawings.scenes import home_goods, leisure, shelves
from app.seed.drawings.scenes.home import home
from app.seed.drawings.settings import Scene, stage

CATEGORIES: dict[str, Scene] = {**shelves.CATEGORIES, **leisure.CATEGORIES, **home_goods.CATEGORIES}


def category(slug: str) -> str:
    wall, arch, arrange = CATEGORIES[slug]
    sheet = stage(wall, arch)
    arrange(sheet)
    return sheet.svg()


__all__ = ["CATEGORIES", "category", "home"]
