"""Codes of authenticator apps are those of the standard."""

import base64

import pytest

from domains.accounts import totp


@pytest.mark.parametrize(
    ("moment", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(moment, code):
    secret = base64.b32encode(b"12345678901234567890").decode()

    assert totp.code_at(secret, moment // totp.STEP) == code


def test_a_new_secret_has_160_bits_and_its_address_names_shop_and_account():
    secret = totp.new_secret()

    assert len(base64.b32decode(secret)) == 20
    assert totp.totp_address(secret, account="owner@example.com", shop="Tea & More") == (
        f"otpauth://totp/Tea%20%26%20More:owner@example.com?secret={secret}&issuer=Tea%20%26%20More"
    )
