"""A pytest plugin: fails the run when coverage is below 85% of everything, or 80% of any domain.

It prints before pytest's own summary, so that the last line is what every reader of a test log looks for.
"""

from collections import defaultdict
from pathlib import Path

import pytest
from coverage import Coverage
from coverage.exceptions import CoverageException

OVERALL = 85.0
EACH_DOMAIN = 80.0
ROOT = Path(__file__).resolve().parents[1]

_lines: list[str] = []


def measured() -> dict[str, tuple[int, int]]:
    """Statements and covered ones: of everything (under the empty name) and of each domain."""
    coverage = Coverage(config_file=str(ROOT / "pyproject.toml"))
    coverage.load()
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for name in coverage.get_data().measured_files():
        parts = Path(name).relative_to(ROOT).parts
        if "tests" in parts or not name.endswith(".py"):  # a compiled template runs under its own name
            continue
        _, statements, _, missing, _ = coverage.analysis2(name)
        for group in ("", parts[1]) if parts[0] == "domains" and len(parts) > 2 else ("",):
            whole, covered = found[group]
            found[group] = (whole + len(statements), covered + len(statements) - len(missing))
    return dict(found)


def judge(found: dict[str, tuple[int, int]]) -> tuple[list[str], bool]:
    """A line per group and whether all gates hold."""
    lines, holds = [], True
    for group, (whole, covered) in sorted(found.items()):
        percent = 100.0 * covered / whole if whole else 100.0
        gate = EACH_DOMAIN if group else OVERALL
        enough = percent >= gate
        holds = holds and enough
        name = f"domains/{group}" if group else "everything"
        lines.append(f"{name:24} {percent:5.1f}%{'' if enough else f'   below its gate of {gate:.0f}%'}")
    return lines, holds and "" in found


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return
    try:
        lines, holds = judge(measured())
    except CoverageException as error:
        lines, holds = [f"coverage was not measured: {error}"], False
    _lines.extend(lines)
    if not holds and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _lines:
        terminalreporter.section("coverage")
        terminalreporter.write_line("\n".join(_lines))
