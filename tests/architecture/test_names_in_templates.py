"""A name given in one block of a template is unknown in the next: a link made of it would lead nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "wholestory"
TEMPLATES = sorted(ROOT.glob("**/templates/**/*.html"))
BLOCK = re.compile(r"\{% block before_main %\}(.*?)\{% endblock %\}", re.S)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_what_the_block_above_names_is_not_used_below_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    above = BLOCK.search(text)
    if above is None:
        return
    below = text.replace(above.group(0), "")
    named = re.findall(r"\{% url [^%]*? as (\w+) %\}", above.group(1))
    lost = [name for name in named if f"{{{{ {name} }}}}" in below and f" as {name} %}}" not in below]
    assert lost == []
