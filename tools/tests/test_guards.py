import pytest

from tools.guards import BROKEN, MISSED, NOT_MISSED, ROOT, Guard, GuardWrong, judge, read, taken_out


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


def test_only_a_test_that_failed_counts() -> None:
    assert judge(1, "1 failed in 2.0s") == MISSED
    assert judge(0, "1 passed in 2.0s") == NOT_MISSED
    assert judge(1, "1 error in 2.0s") == BROKEN
    assert judge(2, "1 failed, 1 error during collection") == BROKEN
