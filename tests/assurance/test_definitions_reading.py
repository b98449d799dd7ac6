"""A framework written in TOML is read, or refused with the place of each fault."""

import re

import pytest

from wholestory.assurance.definitions.framework import FrameworkCannotWork
from wholestory.assurance.definitions.reading import read

GOOD = """
key = "mine"
version = 1
edition = "WT2015"
title = "Mine"
scale = "INT0_3"
compliant_from = "2"
source = "Ours"
items_from = ["few"]
[[standard]]
key = "one"
title = "One"
intro = ""
items = ["a"]
"""
ITEMS = """
[[item]]
key = "a"
text = "Something is done."
guidance = "Look."
points = ["No.", "A little.", "Yes.", "Always."]
"""


def written(tmp_path, framework=GOOD, items=ITEMS):
    (tmp_path / "few.toml").write_text(items, encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(framework, encoding="utf-8")
    return path


def test_a_board_can_write_its_own(tmp_path):
    mine = read(written(tmp_path), items_in=tmp_path)
    assert list(mine.items) == ["a"]
    assert mine.commentary_required is False
    assert mine.title_for("s11") == "Section 11 self-audit"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('scale = "INT0_3"', 'scale = "STARS"', "no scale 'STARS'"),
        ("version = 1", 'version = "1"', "version must be a whole number"),
        ("version = 1", "version = true", "version must be a whole number"),
        ("version = 1", "version = 0", "Versions count from 1"),
        ('compliant_from = "2"', 'compliant_from = "4"', "not on the scale"),
        ('items = ["a"]', 'items = ["b"]', "standard one: no item is called b"),
        ('items = ["a"]', "items = []", "at least one item"),
        ('items = ["a"]', 'items = ["a", "a"]', "used twice"),
        ('items = ["a"]', 'items = "a"', "items must be a list of texts"),
        ('title = "Mine"', "title = 3", "title must be text"),
        ('title = "Mine"', 'title = "Mine"\ncolour = "red"', "nothing is known of colour"),
        ('title = "Mine"', 'title = "Mine"\nchecked = "yes"', "checked must be true or false"),
        ('title = "Mine"', 'title = "Mine"\ntitles = "x"', "titles must be texts"),
        ('items_from = ["few"]', 'items_from = ["many"]', "many.toml: there is no such file"),
        ('key = "one"', 'key = "One"', "lower-case"),
        ("[[standard]]", "[standard]", "standard must be a list of tables"),
        ('key = "mine"', "key = ", "mine.toml"),
    ],
)
def test_a_framework_that_cannot_work_is_refused_with_the_place(tmp_path, old, new, says):
    with pytest.raises(FrameworkCannotWork, match=re.escape(says)):
        read(written(tmp_path, GOOD.replace(old, new)), items_in=tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"Always."]', "]", "standard one, item a: one descriptor for each of the 4 points"),
        ('guidance = "Look."', 'guidance = ""', "item a: text and guidance are needed"),
        (
            'guidance = "Look."',
            'guidance = "Look."\ncolour = 2',
            "few.toml, item a: nothing is known of colour",
        ),
        ('guidance = "Look."', 'guidance = "Look."\nweight = 0', "item a: its weight must be 1 or more"),
    ],
)
def test_an_item_that_cannot_work_is_refused_with_the_place(tmp_path, old, new, says):
    with pytest.raises(FrameworkCannotWork, match=re.escape(says)):
        read(written(tmp_path, items=ITEMS.replace(old, new)), items_in=tmp_path)


def test_an_item_written_twice_is_refused(tmp_path):
    with pytest.raises(FrameworkCannotWork, match="used twice"):
        read(written(tmp_path, items=ITEMS + ITEMS), items_in=tmp_path)


def test_a_framework_without_standards_is_refused(tmp_path):
    with pytest.raises(FrameworkCannotWork, match="no standards"):
        read(written(tmp_path, GOOD.split("[[standard]]")[0]), items_in=tmp_path)
