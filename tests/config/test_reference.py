"""Documents that are generated from the code are up to date, and name what they must."""

from pathlib import Path

import pytest

from wholestory.config import reference
from wholestory.config.commands import COMMANDS
from wholestory.config.reading import settings_of
from wholestory.config.setting_table import Settings


@pytest.mark.parametrize("name", sorted(reference.GENERATED))
def test_a_generated_document_is_what_the_code_says(name: str) -> None:
    path = reference.DOCS / name
    assert path.exists(), "run: make fix"
    assert path.read_text(encoding="utf-8") == reference.generate(reference.GENERATED[name]), "run: make fix"


def test_every_setting_is_explained() -> None:
    text = (reference.DOCS / "reference/settings.md").read_text(encoding="utf-8")
    for setting in settings_of(Settings).values():
        assert f"### `{setting.variable}`" in text
        assert setting.about.endswith("."), setting.variable


def test_every_command_is_listed() -> None:
    text = (reference.DOCS / "reference/commands.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"`wholestory {name}`" in text


def test_a_document_out_of_date_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "DOCS", tmp_path)
    assert len(reference.differences()) == len(reference.GENERATED)
    assert reference.main([]) == 0
    assert reference.differences() == []
    (tmp_path / "reference/settings.md").write_text("old")
    assert reference.main(["--check"]) == 1
