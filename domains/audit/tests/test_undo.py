"""A mistake is taken back whole, as long as nobody has built on it."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domains import audit
from domains.audit import AlreadyUndone, ChangedSince, EntryNotFound, Filter, NotUndoable
from domains.audit.tests.factories import MANAGER, OWNER, all_drawers, put, with_drawers
from domains.kit import Actor, Database, new_id


async def test_an_undo_restores_what_was_and_both_entries_name_each_other(db: Database) -> None:
    async with db.transaction(MANAGER) as tx:
        await with_drawers(tx, "a")
        await put(tx, "a", colour="blue")
        mistake = await put(tx, "a", colour="red", size=3)
    async with db.transaction(OWNER) as tx:
        taken_back = await audit.undo(tx, mistake)

    async with db.transaction(OWNER) as tx:
        assert await all_drawers(tx) == {"a": {"colour": "blue"}}
        undo, wrong = await audit.entry(tx, taken_back), await audit.entry(tx, mistake)
    assert (undo.action, undo.undoes, undo.actor_id) == ("drawer.changed.undone", mistake, OWNER.id)
    assert undo.changes == {"colour": ("red", "blue"), "size": (3, None)}
    assert wrong.undone_by == taken_back
    assert not wrong.can_be_undone


async def test_an_undo_writes_one_entry_though_it_works_through_the_operations(db: Database) -> None:
    async with db.transaction(MANAGER) as tx:
        await with_drawers(tx, "a")
        mistake = await put(tx, "a", colour="red")
        await audit.undo(tx, mistake)

        assert len(await audit.entries(tx, Filter())) == 2


async def test_an_undo_can_be_undone(db: Database) -> None:
    async with db.transaction(MANAGER) as tx:
        await with_drawers(tx, "a")
        first = await put(tx, "a", colour="red")
        second = await audit.undo(tx, first)
        third = await audit.undo(tx, second)

        assert await all_drawers(tx) == {"a": {"colour": "red"}}
        await audit.undo(tx, third)
        assert await all_drawers(tx) == {"a": {}}


async def test_a_field_that_somebody_has_changed_since_keeps_an_entry_from_being_undone(db: Database) -> None:
    async with db.transaction(MANAGER) as tx:
        await with_drawers(tx, "a")
        mistake = await put(tx, "a", colour="red", size=3)
    async with db.transaction(OWNER) as tx:
        later = await put(tx, "a", colour="green")
    async with db.transaction(MANAGER) as tx:
        with pytest.raises(ChangedSince) as refused:
            await audit.undo(tx, mistake)

    error = refused.value
    assert (error.field, error.entry_id, error.actor_id) == ("colour", later, OWNER.id)
    assert str(error).startswith("“colour” of Drawer a was changed again by owner on 20")
    assert error.sentence("Ada", "today").startswith("“colour” of Drawer a was changed again by Ada on today.")


async def test_a_change_of_another_field_does_not_stand_in_the_way(db: Database) -> None:
    async with db.transaction(MANAGER) as tx:
        await with_drawers(tx, "a")
        mistake = await put(tx, "a", colour="red")
        await put(tx, "a", size=3)
        await audit.undo(tx, mistake)

        assert await all_drawers(tx) == {"a": {"size": 3}}


async def test_a_field_that_was_changed_and_changed_back_can_be_undone(db: Database) -> None:
    async with db.transaction(MANAGER) as tx:
        await with_drawers(tx, "a")
        mistake = await put(tx, "a", colour="red")
        await put(tx, "a", colour="green")
        await put(tx, "a", colour="red")
        await audit.undo(tx, mistake)

        assert await all_drawers(tx) == {"a": {}}


async def test_a_batch_is_undone_as_a_whole_from_any_of_its_entries(db: Database) -> None:
    batch = new_id()
    async with db.transaction(MANAGER) as tx:
        await with_drawers(tx, "a", "b")
        await put(tx, "a", colour="white")
        await put(tx, "a", batch, colour="red")
        asked = await put(tx, "b", batch, colour="red")
        await put(tx, "a", batch, colour="green")
        undo = await audit.undo(tx, asked)

        assert await all_drawers(tx) == {"a": {"colour": "white"}, "b": {}}
        undone = await audit.entry(tx, undo)
        assert undone.undoes == asked
        assert len(await audit.batch_of(tx, undone.batch or batch)) == 3
        await audit.undo(tx, undo)
        assert await all_drawers(tx) == {"a": {"colour": "green"}, "b": {"colour": "red"}}


async def test_a_batch_of_which_one_part_was_changed_since_is_refused_as_a_whole(db: Database) -> None:
    batch = new_id()
    async with db.transaction(MANAGER) as tx:
        await with_drawers(tx, "a", "b")
        asked = await put(tx, "a", batch, colour="red")
        await put(tx, "b", batch, colour="red")
        await put(tx, "a", colour="green")
    with pytest.raises(ChangedSince):
        async with db.transaction(MANAGER) as tx:
            await audit.undo(tx, asked)

    async with db.transaction(MANAGER) as tx:
        assert await all_drawers(tx) == {"a": {"colour": "green"}, "b": {"colour": "red"}}


async def test_what_has_no_way_back_says_so(db: Database) -> None:
    async with db.transaction(MANAGER) as tx:
        await with_drawers(tx, "a")
        refund: Any = await audit.record(tx, action="refund.requested", subject=("refund", "1"), money=True)
        phone: Any = await audit.record(
            tx, action="drawer.changed", subject=("drawer", "a"), undo="drawer", sensitive=("phone",)
        )
        for entry_id in (refund, phone):
            with pytest.raises(NotUndoable):
                await audit.undo(tx, entry_id)
        with pytest.raises(EntryNotFound):
            await audit.undo(tx, new_id())


async def test_of_two_who_undo_one_entry_at_once_one_wins(live_db: Database) -> None:
    async with live_db.transaction(MANAGER) as tx:
        await with_drawers(tx, "a")
        await put(tx, "a", colour="blue")
        mistake = await put(tx, "a", colour="red")

    async def try_to_undo(actor: Actor) -> str:
        try:
            async with live_db.transaction(actor) as tx:
                await audit.undo(tx, mistake)
        except AlreadyUndone:
            return "refused"
        return "undone"

    outcomes = await asyncio.gather(*(try_to_undo(actor) for actor in (MANAGER, OWNER) * 3))

    assert sorted(outcomes) == ["refused"] * 5 + ["undone"]
    async with live_db.transaction(OWNER) as tx:
        assert await all_drawers(tx) == {"a": {"colour": "blue"}}
        assert len(await audit.entries(tx, Filter())) == 3


class Model:
    """What drawers hold and what each act changed: the same rules in a few lines of Python."""

    def __init__(self) -> None:
        self.drawers: dict[str, dict[str, Any]] = {"a": {}, "b": {}}
        self.acts: list[list[tuple[str, str, Any, Any]]] = []
        self.undone: set[int] = set()

    def edit(self, edits: list[tuple[str, str, Any]]) -> None:
        act = []
        for drawer, field, after in edits:
            before = self.drawers[drawer].get(field)
            if before != after:
                act.append((drawer, field, before, after))
                self._set(drawer, field, after)
        if act:
            self.acts.append(act)

    def undo(self, place: int) -> bool:
        """Whether it goes."""
        held = {drawer: dict(fields) for drawer, fields in self.drawers.items()}
        if place in self.undone:
            return False
        back = []
        for drawer, field, before, after in reversed(self.acts[place]):
            if self.drawers[drawer].get(field) != after:
                self.drawers = held
                return False
            self._set(drawer, field, before)
            back.append((drawer, field, after, before))
        self.undone.add(place)
        self.acts.append(back)
        return True

    def _set(self, drawer: str, field: str, value: Any) -> None:
        if value is None:
            self.drawers[drawer].pop(field, None)
        else:
            self.drawers[drawer][field] = value


EDIT = st.tuples(st.sampled_from("ab"), st.sampled_from(["colour", "size"]), st.sampled_from([None, 1, 2, "red"]))
STEPS = st.lists(st.one_of(st.lists(EDIT, min_size=1, max_size=3), st.integers(0, 30)), max_size=14)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_any_row_of_edits_and_undos_ends_where_a_model_of_it_ends(db: Database, steps: list[Any]) -> None:
    async with db.transaction(MANAGER) as tx:
        model = Model()
        written: list[Any] = []
        await with_drawers(tx, "a", "b")
        for step in steps:
            if isinstance(step, int):
                if not written:
                    continue
                place = step % len(written)
                goes = model.undo(place)
                try:
                    async with tx.session.begin_nested():
                        written.append(await audit.undo(tx, written[place]))
                except (AlreadyUndone, ChangedSince):
                    assert not goes
                else:
                    assert goes
            else:
                batch = new_id()
                ids = [await put(tx, drawer, batch, **{field: value}) for drawer, field, value in step]
                model.edit(step)
                written.extend([next(filter(None, ids))] if any(ids) else [])
            assert await all_drawers(tx) == model.drawers
        await tx.session.rollback()
