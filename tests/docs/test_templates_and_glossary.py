"""The governance templates say what the software says, and the glossary has the words of every room."""

import re
from pathlib import Path

import pytest

from wholestory.kernel.privacy import RETENTION

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "docs" / "templates"
GLOSSARY = ROOT / "docs" / "reference" / "glossary.md"
PAPERS = sorted(path for path in TEMPLATES.glob("*.md") if path.name != "README.md")

#: Words that a room's README defines and that only those who read the code will meet.
FOR_DEVELOPERS = {"given", "part", "look", "removed", "file"}


def test_all_six_papers_are_there_and_listed():
    assert [path.stem for path in PAPERS] == [
        "data-protection-impact-assessment",
        "information-sharing-agreement",
        "notice-to-families",
        "record-of-processing",
        "retention-schedule",
        "security-summary",
    ]
    listed = (TEMPLATES / "README.md").read_text(encoding="utf-8")
    assert all(f"({path.name})" in listed for path in PAPERS)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_each_has_blanks_and_marks_what_nobody_checked(path):
    text = path.read_text(encoding="utf-8")
    assert "*Template" in text
    assert len(re.findall(r"\[[^\]]+\](?!\()", text)) >= 5
    assert "**Unchecked**" in text


def test_the_schedule_has_every_class_with_the_period_the_software_names():
    rows = dict(
        re.findall(
            r"(?m)^\| (\w+) \| [^|]+ \| ([^|]+?) \|", (TEMPLATES / "retention-schedule.md").read_text()
        )
    )
    rows.pop("class")
    rows.pop("year", None)
    assert rows == RETENTION


def test_links_between_the_papers_lead_somewhere():
    for path in [*PAPERS, TEMPLATES / "README.md"]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def words_of(text):
    """The words a README defines, in bold before a colon or "is", or in the first column of its table of words."""
    bold = re.findall(r"\*\*([a-z][a-z -]+)\*\*(?=:| is | lets | says )", text)
    table = re.search(r"(?m)^\| word \| meaning \|\n\|[-|]+\|\n((?:\|.*\n)+)", text)
    cells = [line.split("|")[1] for line in table[1].splitlines()] if table else []
    return {word.strip() for cell in [*bold, *cells] for word in cell.split(",")}


def test_the_glossary_has_the_words_of_every_room():
    known = {word.lower() for word in re.findall(r"\*\*([^*]+)\*\*", GLOSSARY.read_text(encoding="utf-8"))}
    known |= {part.strip() for word in known for part in re.split(r"[;,]", word)}
    missing = {}
    for readme in sorted((ROOT / "wholestory").glob("*/README.md")):
        words = words_of(readme.read_text(encoding="utf-8")) - FOR_DEVELOPERS
        if left := sorted(word for word in words if word not in known):
            missing[readme.parent.name] = left
    assert missing == {}, "add these to docs/reference/glossary.md, or to FOR_DEVELOPERS"


def test_the_glossary_is_in_order_and_says_each_thing_once():
    for part in GLOSSARY.read_text(encoding="utf-8").split("\n## ")[2:]:
        terms = [
            term.split(",")[0].split(";")[0].lower() for term in re.findall(r"(?m)^\*\*([^*]+)\*\*:", part)
        ]
        assert terms == sorted(terms, key=lambda term: term.replace("'", "")), part[:30]
        assert len(set(terms)) == len(terms)
