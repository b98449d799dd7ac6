"""What we ship from elsewhere is what we say it is, and holds nothing that is licensed to gov.uk domains."""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "wholestory" / "govuk" / "static" / "govuk" / "vendor"
RECORD = json.loads((VENDOR / "vendored.json").read_text())
STYLES = (VENDOR / "govuk-frontend.min.css").read_text()


@pytest.mark.parametrize("path", sorted(RECORD))
def test_each_file_is_the_one_that_was_recorded(path: str) -> None:
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == RECORD[path]["sha256_here"]


def test_the_versions_are_those_we_chose() -> None:
    assert {one["package"]: one["version"] for one in RECORD.values()} == {
        "govuk-frontend": "6.6.0",
        "htmx.org": "2.0.10",
        "axe-core": "4.14.1",
    }


@pytest.mark.parametrize(
    "word", ["url(", "GDS Transport", "@font-face", "crest", "sourceMappingURL", "/assets/"]
)
def test_the_style_sheet_has_neither_typeface_nor_crest_nor_any_address(word: str) -> None:
    assert word not in STYLES


def test_the_style_sheet_says_its_version_and_our_typeface() -> None:
    assert '--govuk-frontend-version:"6.6.0"' in STYLES
    assert STYLES.count("Helvetica,Arial,sans-serif") == 58


def test_no_script_points_at_a_map_that_is_not_here() -> None:
    for script in VENDOR.glob("*.js"):
        assert "sourceMappingURL" not in script.read_text()


def test_each_licence_stands_beside_its_files() -> None:
    assert (
        "Crown Copyright (Government Digital Service)" in (VENDOR / "govuk-frontend.LICENSE.txt").read_text()
    )
    assert "Zero-Clause BSD" in (VENDOR / "htmx.LICENSE.txt").read_text()
    assert "Mozilla Public License" in (ROOT / "tests/journeys/axe/LICENSE.txt").read_text()


def test_our_own_style_sheets_load_nothing_and_are_small() -> None:
    for sheet in (VENDOR.parent / "css").glob("*.css"):
        text = sheet.read_text()
        assert not any(word in text for word in ("url(", "@import")), sheet
        assert len(text) < 12_000, sheet


def test_no_template_has_inline_style_or_script() -> None:
    for template in (VENDOR.parents[2] / "templates").rglob("*.html"):
        text = template.read_text()
        assert not any(word in text for word in (" style=", "<style", " onclick=", "javascript:")), template
        for script in text.split("<script")[1:]:
            tag = script.split(">", 1)[0]
            assert "nonce=" in tag or "src=" in tag, template


def test_every_component_says_what_it_takes() -> None:
    for template in (VENDOR.parents[2] / "templates" / "govuk" / "components").glob("*.html"):
        first = template.read_text()
        assert first.startswith("{% comment %}"), template
        assert "akes" in first.split("{% endcomment %}")[0], template
