"""The doctor finds nothing in a sound shop, and of each violation exactly what it breaks."""

import pytest

from domains import desk
from domains.desk.testing import assert_sound
from domains.desk.tests.plants import PLANTS, Plant
from domains.desk.tests.sound_shop import DOCTOR, cast
from domains.kit import Database

BUILT = {invariant.id for invariant in desk.INVARIANTS if invariant.sql is not None}
DUE = {*(f"I{number:02}" for number in (*range(1, 18), *range(20, 31), *range(32, 38)))}


def test_every_invariant_that_is_due_is_built_and_can_be_broken() -> None:
    assert DUE <= BUILT
    assert {plant.invariant for plant in PLANTS} == BUILT


async def test_a_shop_in_which_everything_happened_once_is_sound(sound: Database) -> None:
    await assert_sound(sound)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.invariant}-{plant.name}")
async def test_a_violation_fires_its_own_invariant_and_no_other(sound: Database, plant: Plant) -> None:
    async with sound.transaction(DOCTOR) as tx:
        await plant.act(tx, await cast(tx))
        found = await desk.examine(tx)
        await tx.session.rollback()

    broken = [finding for finding in found if finding.verdict is desk.Verdict.VIOLATED]
    assert [finding.id for finding in broken] == [plant.invariant], "\n".join(str(finding) for finding in broken)
    assert broken[0].count >= 1
    assert broken[0].violations


async def test_under_load_nobody_asks_what_holds_at_rest_alone(sound: Database) -> None:
    async with sound.transaction(DOCTOR, snapshot=True) as tx:
        found = await desk.examine(tx, quiet=False)

    left_out = {invariant.id for invariant in desk.INVARIANTS} - {finding.id for finding in found}
    assert left_out == {"I04", "I23", "I24", "I25c", "I30b", "I37"}


async def test_what_is_not_built_is_said_and_never_counted_as_sound(sound: Database) -> None:
    async with sound.transaction(DOCTOR, snapshot=True) as tx:
        found = await desk.examine(tx)

    verdicts = {finding.id: finding.verdict for finding in found}
    assert {number for number, verdict in verdicts.items() if verdict is desk.Verdict.NOT_BUILT} == set(
        verdicts
    ) - BUILT
    assert {verdicts[number] for number in BUILT} == {desk.Verdict.SOUND}
