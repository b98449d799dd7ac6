"""The reference documents say what the definitions say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pathways.made_up_pathway import RETURN
from wholestory.pathways import documents, register, registry


@pytest.mark.sealed
@pytest.mark.parametrize("name", ["reference/clocks.md", "reference/editions.md"])
def test_the_committed_documents_are_up_to_date(name: str) -> None:
    path = documents.ROOT / name
    assert path.read_text(encoding="utf-8") == documents.GENERATED[name](), "Run: make fix"


def test_every_clock_and_threshold_is_in_the_document() -> None:
    text = documents.clocks_text()
    assert all(f"`{rule.key}`" in text for rule in register.rules())


def test_a_pathway_is_drawn_with_its_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_known", {})
    assert "No room has registered" in documents.pathways_text()
    registry.register(RETURN)
    text = documents.pathways_text()
    assert "stateDiagram-v2" in text
    assert "[*] --> issued" in text
    assert "signed_off --> returned_with_query : Return with a query" in text
    assert "released --> [*]" in text
    assert "every question answered; the declaration" in text
    assert "starts the clock `return_action_plan_window`" in text


def test_checking_changes_nothing_and_names_what_differs(tmp_path: Path) -> None:
    assert documents.write(check=True, root=tmp_path) == list(documents.GENERATED)
    assert list(tmp_path.iterdir()) == []
    documents.write(check=False, root=tmp_path)
    assert documents.write(check=True, root=tmp_path) == []
    (tmp_path / "reference" / "clocks.md").write_text("something else")
    assert documents.write(check=True, root=tmp_path) == ["reference/clocks.md"]
