"""A tracking number leads to its carrier only where it says whose it is."""

import pytest

from domains.orders import tracking_url


@pytest.mark.parametrize(
    ("number", "host"),
    [
        ("1Z 999 AA1 0123456784", "www.ups.com"),
        ("9400 1000 0000 0000 0000 00", "tools.usps.com"),
        ("RR473124829GB", "www.royalmail.com"),
        ("cx473124829de", "www.dhl.de"),
    ],
)
def test_a_number_that_names_its_carrier_leads_to_his_page(number, host):
    assert tracking_url(number).startswith(f"https://{host}/")


@pytest.mark.parametrize(
    "number", [None, "", "TRACK-1", "RR473124828GB", "123456789012", '"><script>', "RR473124829XX"]
)
def test_any_other_number_leads_nowhere(number):
    assert tracking_url(number) is None
