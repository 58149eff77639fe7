"""Lists of the back office over HTTP: filters in the address, paging, views, columns, files."""

from app.tests.staff.conftest import StaffBrowser


async def test_the_orders_open(staff_browser: StaffBrowser) -> None:
    owner = await staff_browser("owner")

    answer = await owner.get("/staff/orders")

    assert answer.status_code == 200, answer.text
    assert "No orders yet" in answer.text


async def test_the_desk(staff_browser: StaffBrowser) -> None:
    owner = await staff_browser("owner")
    for path in ("/staff", "/staff/search?q=mug", "/staff/search?q=anna@example.com", "/staff/shortcuts",
                 "/staff/orders?status=pending&placed_from=2026-01-01&total_min=10&q=anna&sort=-total"):
        answer = await owner.get(path)
        assert answer.status_code == 200, (path, answer.text)
