"""Definitions survive as JSON for ever, and a sealed one cannot be changed unnoticed."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.paperwork.kitchen_sink import KITCHEN_SINK
from tests.paperwork.made_up import forms
from wholestory.paperwork import command, lock, registry
from wholestory.paperwork.definitions import Form, Page, YesNo, from_json, seal, to_json
from wholestory.paperwork.sealing import canonical
from wholestory.paperwork.words import NotADefinition, all_words

SMALL = Form("small", 1, "Small", (Page("one", "One", (YesNo("fine", "Fine?"),)),))


def test_the_kitchen_sink_comes_back_the_same():
    through_text = json.loads(json.dumps(to_json(KITCHEN_SINK)))
    assert from_json(through_text) == KITCHEN_SINK


def test_the_seal_of_every_word_has_not_moved():
    """If this fails without the kitchen sink having changed, a released word or default was changed: that breaks the
    seal of every published form. Give the word a new field with a default instead."""
    assert seal(KITCHEN_SINK) == "f1746f56bed9601ddd5c2d0ae4c1a5ff551c60c8817736a9598ae73fcb5deb8d"


def test_a_process_that_only_reads_forms_knows_every_word():
    asked = "import wholestory.paperwork.sealing; from wholestory.paperwork.words import all_words; print(*all_words())"
    said = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(said) == set(all_words())


@given(forms())
def test_any_form_comes_back_the_same(form: Form):
    back = from_json(json.loads(canonical(to_json(form))))
    assert back == form
    assert seal(back) == seal(form)


@given(forms(), forms())
def test_different_forms_have_different_seals(one: Form, other: Form):
    assert (seal(one) == seal(other)) == (one == other)


@pytest.mark.parametrize(
    ("stored", "message"),
    [
        (None, "only format 1"),
        ({"format": 2, "form": {}}, "only format 1"),
        ({"format": 1, "form": {"word": "page"}}, "'page' is not a kind of form"),
        ({"format": 1, "form": {"word": "form", "key": "a"}}, "a form is incomplete"),
        ({"format": 1, "form": {"word": "form", "colour": "red"}}, "a form has no colour"),
        (
            {"format": 1, "form": {"word": "form", "version": True}},
            "form.version: True cannot be read as int",
        ),
        (
            {"format": 1, "form": {"word": "form", "pages": [{"word": "page", "items": 3}]}},
            "form.pages[0].items",
        ),
    ],
)
def test_json_that_is_no_definition_is_refused_with_its_place(stored: object, message: str):
    with pytest.raises(NotADefinition, match=message.replace("[", r"\[").replace("]", r"\]")):
        from_json(stored)


def test_sealing_keeps_the_version_as_json_and_is_quiet_the_second_time(tmp_path: Path):
    (line,) = lock.write(tmp_path, (SMALL,))
    assert lock.write(tmp_path, (SMALL,)) == ()
    assert lock.faults(tmp_path, (SMALL,)) == ()
    assert lock.load(tmp_path, line) == SMALL


def test_a_form_without_a_seal_is_named(tmp_path: Path):
    assert lock.faults(tmp_path, (SMALL,)) == (
        "small version 1: not sealed yet. Run `wholestory forms seal`.",
    )


def test_changing_a_sealed_version_without_a_new_version_fails(tmp_path: Path):
    lock.write(tmp_path, (SMALL,))
    changed = dataclasses.replace(SMALL, title="Smaller")
    (fault,) = lock.faults(tmp_path, (changed,))
    assert fault.startswith("small version 1: changed since it was sealed. Give the changed form version 2")
    assert lock.write(tmp_path, (changed,)) == ()


def test_a_new_version_stands_beside_the_old_which_still_loads_without_its_python(tmp_path: Path):
    lock.write(tmp_path, (SMALL,))
    second = dataclasses.replace(SMALL, version=2, title="Smaller")
    lock.write(tmp_path, (second,))
    assert lock.faults(tmp_path, (second,)) == ()
    assert [lock.load(tmp_path, line).title for line in lock.read(tmp_path)] == ["Small", "Smaller"]


def test_a_version_below_the_newest_cannot_be_slipped_in(tmp_path: Path):
    lock.write(tmp_path, (dataclasses.replace(SMALL, version=3),))
    (fault,) = lock.faults(tmp_path, (SMALL,))
    assert fault == "small version 1: version 3 is already sealed; number it 4."


def test_a_tampered_missing_or_stray_kept_version_is_named(tmp_path: Path):
    (line,) = lock.write(tmp_path, (SMALL,))
    kept = tmp_path / line.file
    text = kept.read_text(encoding="utf-8")
    kept.write_text(text.replace("Fine?", "Good?"), encoding="utf-8")
    assert "is not what was sealed" in lock.faults(tmp_path, ())[0]
    kept.write_text("{", encoding="utf-8")
    assert "no longer loads" in lock.faults(tmp_path, ())[0]
    kept.rename(kept.with_name("stray.v1.json"))
    assert {
        "is missing" in fault or "not in definitions.lock" in fault for fault in lock.faults(tmp_path, ())
    } == {True}


def test_a_lock_that_cannot_be_read_names_the_line(tmp_path: Path):
    (tmp_path / "definitions.lock").write_text("# head\nsmall one\n", encoding="utf-8")
    with pytest.raises(lock.BadLock, match="line 2"):
        lock.read(tmp_path)


@given(st.text())
def test_no_text_makes_reading_a_definition_crash(text: str):
    with pytest.raises(NotADefinition):
        from_json({"format": 1, "form": {"word": text}})


@pytest.mark.sealed
def test_every_form_that_ships_is_sealed_and_unchanged():
    assert registry.shipped()
    assert registry.faults() == ()


@pytest.mark.sealed
def test_every_sealed_version_still_loads():
    for folder in registry.folders():
        for line in lock.read(folder):
            assert registry.version(line.key, line.version).title


def test_forms_are_found_by_key_and_version():
    shipped = registry.shipped()[0].form
    assert registry.version(shipped.key, shipped.version) == shipped
    assert registry.latest(shipped.key).version >= shipped.version
    for missing in (lambda: registry.latest("nowhere"), lambda: registry.version(shipped.key, 999)):
        with pytest.raises(registry.NotShipped):
            missing()


def test_two_forms_cannot_have_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registry, "_SHIPPED", {})
    registry.register(SMALL, beside=str(tmp_path / "here.py"))
    registry.register(SMALL, beside=str(tmp_path / "here.py"))
    with pytest.raises(ValueError, match="Two forms are called small version 1"):
        registry.register(dataclasses.replace(SMALL, title="Other"), beside=str(tmp_path / "here.py"))


def test_the_command_seals_lists_and_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(registry, "_SHIPPED", {})
    registry.register(SMALL, beside=str(tmp_path / "here.py"))
    assert command.main(["check"]) == 1
    assert command.main(["seal"]) == 0
    assert command.main(["list"]) == 0
    assert command.main(["check"]) == 0
    said = capsys.readouterr().out
    assert "not sealed yet" in said
    assert "sealed small version 1" in said
    assert "small 1  Small (1 questions)" in said
