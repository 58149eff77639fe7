from tools.coverage_gate import judge


def test_both_gates_hold_when_everything_is_covered_enough() -> None:
    lines, holds = judge({"": (100, 85), "cart": (10, 8)})

    assert holds
    assert lines == ["everything                85.0%", "domains/cart              80.0%"]


def test_one_domain_below_its_gate_is_enough_to_fail() -> None:
    lines, holds = judge({"": (100, 99), "cart": (10, 7)})

    assert not holds
    assert "domains/cart              70.0%   below its gate of 80%" in lines


def test_nothing_measured_is_a_failure() -> None:
    assert judge({})[1] is False
