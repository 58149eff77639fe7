"""Personal data is unreadable at rest, cannot be moved, and is still found."""

import os

import pytest

from domains.kit.crypto import Keyring, UnreadableValue, email_hash, fold, word_hash, word_hashes


def a_key() -> bytes:
    return os.urandom(32)


def test_a_value_comes_back_and_never_looks_the_same_twice():
    ring = Keyring({"k1": a_key()})

    one, two = ring.encrypt("Ada", "a.b.c"), ring.encrypt("Ada", "a.b.c")

    assert one != two
    assert "Ada" not in one
    assert ring.decrypt(one, "a.b.c") == ring.decrypt(two, "a.b.c") == "Ada"


def test_a_value_moved_to_another_column_is_not_readable():
    ring = Keyring({"k1": a_key()})

    with pytest.raises(UnreadableValue):
        ring.decrypt(ring.encrypt("Ada", "accounts.name"), "orders.name")


def test_a_changed_value_is_not_readable():
    ring = Keyring({"k1": a_key()})
    stored = ring.encrypt("Ada", "a.b.c")
    changed = stored[:-4] + ("AAA=" if not stored.endswith("AAA=") else "BBB=")

    with pytest.raises(UnreadableValue):
        ring.decrypt(changed, "a.b.c")


def test_after_a_rotation_old_values_are_read_new_ones_use_the_new_key_and_hashes_stay():
    old = a_key()
    before, after = Keyring({"k1": old}), Keyring({"k2": a_key(), "k1": old})
    stored = before.encrypt("Ada", "a.b.c")

    assert after.decrypt(stored, "a.b.c") == "Ada"
    assert after.encrypt("Ada", "a.b.c").startswith("v1.k2.")
    assert before.search_hash("ada@example.com", "email") == after.search_hash("ada@example.com", "email")
    with pytest.raises(UnreadableValue):
        Keyring({"k2": a_key()}).decrypt(stored, "a.b.c")


@pytest.mark.parametrize("wrong", ["", "nonsense", "k1:short", "k1:" + "A" * 43 + "!", "b@d id:" + "A" * 43 + "="])
def test_keys_that_cannot_be_used_are_refused_without_being_shown(wrong):
    with pytest.raises(ValueError, match="ENCRYPTION_KEYS") as refused:
        Keyring.parse(wrong)
    assert "AAAA" not in str(refused.value)


def test_addresses_are_found_in_any_case_and_kept_apart_by_accents():
    assert email_hash(" Ada@Example.com ") == email_hash("ada@example.com")
    assert email_hash("adá@example.com") != email_hash("ada@example.com")


def test_people_are_found_by_the_beginning_of_a_name_in_any_spelling():
    hashes = word_hashes(["Zażółć Müller", "ada@example.com"])

    for typed in ("mul", "MÜLLER", "zaz", "exa"):
        assert word_hash(typed) in hashes
    assert word_hash("mi") not in hashes
    assert fold("  Ｚażółć  ") == "zazołc"
