"""A published definition stays as it was: a change is a new version, and both can be read."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wholestory.indicators.catalogue import BadSeal, command, from_json, load, sealing, to_json, version
from wholestory.indicators.catalogue.reading import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue of two themes, sealed."""
    copy = tmp_path / "catalogue"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__", "sealed", "*.lock"))
    for path in copy.glob("[b-k]_*.toml"):
        path.unlink()
    theme = copy / "a_context.toml"
    theme.write_text(theme.read_text().replace('quality_source = "E02"\n', ""))
    assert [line.code for line in sealing.write(copy)] == ["A01", "A02", "A03"]
    return copy


def _change(folder: Path, old: str, new: str) -> None:
    theme = folder / "a_context.toml"
    text = theme.read_text()
    assert old in text
    theme.write_text(text.replace(old, new, 1))
    load.cache_clear()


@pytest.mark.sealed
def test_the_shipped_measures_are_what_was_sealed():
    assert sealing.faults() == ()


def test_every_definition_comes_back_from_its_json():
    for each in load().definitions:
        assert from_json(json.loads(json.dumps(to_json(each)))) == each


def test_sealing_again_says_nothing(folder: Path):
    assert sealing.write(folder) == ()
    assert sealing.faults(folder) == ()


def test_a_change_without_a_new_version_is_a_fault(folder: Path):
    _change(folder, "Children aged 0 to 15 in low-income", "Children aged 0 to 17 in low-income")
    (fault,) = sealing.faults(folder)
    assert fault == (
        "A02 version 1: changed since it was sealed. Give the changed measure version 2; version 1 stays as it was."
    )


def test_with_a_new_version_both_can_be_read(folder: Path):
    old = "Children aged 0 to 15 in low-income families"
    _change(folder, 'code = "A02"', 'code = "A02"\nversion = 2')
    _change(folder, f'numerator = "{old}"', 'numerator = "Children aged 0 to 17 in such families"')
    assert "A02 version 2: not sealed yet" in sealing.faults(folder)[0]
    assert [(line.code, line.version) for line in sealing.write(folder)] == [("A02", 2)]
    assert sealing.faults(folder) == ()
    assert version("A02", 1, folder).numerator == old
    assert version("A02", 2, folder).numerator == "Children aged 0 to 17 in such families"


def test_a_number_that_was_used_is_not_used_again(folder: Path):
    lock = folder / "catalogue.lock"
    lock.write_text(lock.read_text() + f"A01 2 {'0' * 64}\n")
    assert "A01 version 2: sealed, but not kept in sealed/." in sealing.faults(folder)


def test_what_is_kept_cannot_be_changed_unnoticed(folder: Path):
    path = folder / "sealed" / "a.jsonl"
    path.write_text(path.read_text().replace("30 June", "1 July"))
    assert sealing.faults(folder) == ("A01 version 1: what is kept in sealed/ is not what was sealed.",)


def test_a_broken_line_is_named(folder: Path):
    (folder / "catalogue.lock").write_text("# fine\nA01 one\n")
    with pytest.raises(BadSeal, match="line 2"):
        sealing.faults(folder)


def test_a_field_added_later_moves_no_seal():
    """Fields at their default are left out of what is hashed."""
    plain = load().get("A02")
    assert "supersedes" not in to_json(plain)
    assert "thresholds" not in to_json(plain)


def test_the_command_lists_and_checks(capsys: pytest.CaptureFixture[str]):
    assert command.main(["list"]) == 0
    assert "C07 1  Referrals within 12 months of an earlier one (per cent)" in capsys.readouterr().out
    assert command.main(["check"]) == 0


def test_reading_the_catalogue_takes_no_framework():
    asked = "import sys, wholestory.indicators.catalogue as c; c.load(); print('django' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
