from pathlib import Path

import pytest

from app.runtime import browser


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with an empty PATH and an empty home."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    (tmp_path / "bin").mkdir()
    return tmp_path


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_machines_own_chromium_is_found(bare: Path) -> None:
    there = program(bare / "bin" / "chromium")

    assert browser.find() == there


def test_playwrights_own_comes_first(bare: Path) -> None:
    program(bare / "bin" / "chromium")
    own = program(bare / ".cache" / "ms-playwright" / "chromium-1200" / "chrome-linux64" / "chrome")

    assert browser.find() == own

    folder = bare / ".cache" / "ms-playwright" / "chromium_headless_shell-1200"
    shell = program(folder / "chrome-headless-shell-linux64" / "chrome-headless-shell")

    assert browser.find() == shell
    assert browser.find(whole=True) == own


def test_the_headless_shell_is_preferred_where_no_whole_browser_is_asked_for(bare: Path) -> None:
    whole = program(bare / "bin" / "chromium")
    shell = program(bare / "bin" / "chromium-headless-shell")

    assert browser.find() == shell
    assert browser.find(whole=True) == whole


def test_a_named_browser_is_the_only_one_looked_at(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare / "bin" / "chromium")
    monkeypatch.setenv("CHROMIUM", str(bare / "nowhere"))

    assert browser.find() is None


def test_without_any_one_sentence_says_what_to_install(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert browser.main() == 1

    said = capsys.readouterr().err
    assert "apt-get install chromium" in said
    assert said.count("\n") == 1
