"""The pictures of the pages."""

from pathlib import Path

import pyvips

from e2e.conftest import Visit
from e2e.screenshots import contact_sheet, shoot
from e2e.stage import Stage
from e2e.tour import Sight


def test_a_page_is_pictured_four_times_and_put_on_the_sheet(shop: Stage, visitor: Visit, tmp_path: Path) -> None:
    page = visitor()
    page.goto("/products/harbor-stoneware-mug")

    taken = list(shoot(Sight("product", page), tmp_path))
    contact_sheet(taken, tmp_path / "all.png")

    assert [path.stem for path in taken] == [
        "product-phone-light",
        "product-phone-dark",
        "product-desktop-light",
        "product-desktop-dark",
    ]
    by_day, by_night = (pyvips.Image.new_from_file(str(path)) for path in taken[:2])
    assert by_day.width == by_night.width == 360
    assert by_day.avg() > 200 > 100 > by_night.avg()
    assert pyvips.Image.new_from_file(str(tmp_path / "all.png")).height > 500
