"""What the questions of a copy are numbered: by the form's own numbers where its lines have some."""

from __future__ import annotations

from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import as_form, files_key, item_keys
from wholestory.paperwork.copies.numbers import numbers_of
from wholestory.paperwork.definitions import Form, Page, Section, Text


def questions(*keys: str) -> tuple[Text, ...]:
    return tuple(Text(key, key.upper()) for key in keys)


def test_a_framework_keeps_its_own_numbers_and_gets_no_second_ones() -> None:
    framework = framework_called("short_self_assessment")
    numbers = numbers_of(as_form(framework))
    for standard in framework.standards:
        for item in standard.items:
            keys = item_keys(item.key)
            assert numbers[keys.score] == f"{framework.numbers[item.key]}a"
            assert numbers[keys.said] == f"{framework.numbers[item.key]}b"
    assert numbers[files_key(framework.standards[1].key)] == "2a"
    assert len(set(numbers.values())) == len(numbers)


def test_a_form_without_numbers_is_counted_through() -> None:
    form = Form("f", 1, "F", (
        Page("one", "One", (Section("Who", questions("a", "b")), *questions("c"))), Page("two", "Two", questions("d")),
    ))  # fmt: skip
    assert numbers_of(form) == {"a": "1.1", "b": "1.2", "c": "1.3", "d": "2.1"}


def test_lines_that_are_numbered_alike_are_counted_through_so_that_no_answer_goes_astray() -> None:
    pages = tuple(Page(key, key, (Section("1.1 The same", questions(f"{key}_q")),)) for key in ("one", "two"))
    assert numbers_of(Form("f", 1, "F", pages)) == {"one_q": "1.1", "two_q": "2.1"}


def test_after_z_comes_aa() -> None:
    many = [f"q{n}" for n in range(1, 29)]
    form = Form("f", 1, "F", (Page("one", "One", (Section("1.1 Long", questions(*many)),)),))
    numbers = list(numbers_of(form).values())
    assert (numbers[0], numbers[25], numbers[26], numbers[27]) == ("1.1a", "1.1z", "1.1aa", "1.1ab")
