import pytest

from tools.guards import ROOT, Guard, GuardWrong, read, taken_out


def test_every_guard_of_the_list_stands_once_in_its_file_and_names_tests_that_exist() -> None:
    guards = read()

    for guard in guards:
        taken_out(guard, (ROOT / guard.file).read_text())
        for test in guard.tests:
            path, _, name = test.partition("::")
            assert f"def {name.partition('[')[0]}(" in (ROOT / path).read_text(), test
    assert len({guard.name for guard in guards}) == len(guards)


def test_a_passage_that_stands_twice_is_refused() -> None:
    guard = Guard(name="the last one", file="a.py", guard="x", without="", tests=("t",))

    with pytest.raises(GuardWrong, match="stands 2 times"):
        taken_out(guard, "x x")
