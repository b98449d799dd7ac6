"""Files that are not what they should be: nothing in one is believed, fetched, run, or unpacked without end."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from tests.paperwork.conftest import Desk
from tests.paperwork.copies.conftest import Copies, filled_in_excel
from wholestory.documents.models import StoredFile
from wholestory.paperwork.copies import reading
from wholestory.paperwork.models import CopyLoad

pytestmark = pytest.mark.urls("tests.paperwork.site")


def repacked(
    packed: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None
) -> bytes:
    """The same file with its parts changed, and more of them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def same(name: str, content: bytes) -> bytes:
    return content


def entities(part: str) -> Callable[[str, bytes], bytes]:
    """Puts a document type with an outside entity before the root of one part, behind a long comment."""
    told = b'<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]>'

    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        head, sign, rest = content.partition(b"?>")
        return head + sign + b"<!--" + b"x" * 200_000 + b"-->" + told + rest

    return change


def test_files_of_other_kinds_and_broken_ones_are_refused_and_not_kept(desk: Desk, copies: Copies):
    good = copies.take("head", "form.xlsx")
    word = copies.take("head", "form.docx")
    bomb = b'<?xml version="1.0"?><x>' + b" " * (60 * 1024 * 1024) + b"</x>"
    hostile = {
        "copy.pdf": (b"%PDF-1.4 1 0 obj %%EOF", "Send .xlsx or .docx"),
        "copy.xlsm": (good, "macros"),
        "macros.xlsx": (repacked(good, same, {"xl/vbaProject.bin": b"x"}), "macros"),
        "macros.docx": (repacked(word, same, {"word/vbaProject.bin": b"x"}), "macros"),
        "wrong.docx": (good, "Excel workbook by its content"),
        "cut.xlsx": (good[:3000], "damaged"),
        "bomb.xlsx": (repacked(good, same, {"xl/more.xml": bomb}), "unpacks to more than"),
        "entities.xlsx": (repacked(good, entities("xl/sharedStrings.xml")), "never holds"),
        "entities.docx": (repacked(word, entities("word/document.xml")), "never holds"),
        "broken.docx": (repacked(word, lambda n, c: c[:-40] if n == "word/document.xml" else c), "cannot be read"),
        "unmarked.xlsx": (
            repacked(good, lambda n, c: c.replace(b"wholestory-copy", b"something-else")), "not a copy downloaded from"
        ),
    }  # fmt: skip
    for name, (packed, words) in hostile.items():
        answer = copies.send("head", name, packed)
        assert answer.status_code == 200
        assert not answer.redirect_chain, name
        assert words in answer.content.decode(), name
    with desk.acting("head"):
        assert not StoredFile.objects.exists()
        assert not CopyLoad.objects.exists()


def test_what_a_file_says_of_itself_opens_nothing(desk: Desk, copies: Copies):
    """Places and revisions are written by whoever has the file: they reach only what the person may write."""
    desk.save("head", employed="10")
    packed = filled_in_excel(copies.take("head", "form.xlsx"), employed="11")

    def altered(name: str, content: bytes) -> bytes:
        for was, now in (
            (b">why_not<", b">../../x<"),
            (b">since<", b">visits.7<"),
        ):
            content = content.replace(was, now)
        return content

    checked = copies.send("head", "copy.xlsx", repacked(packed, altered))
    found = checked.context["compared"]
    assert [str(one.place) for one in found.of("changed")] == ["employed"]
    assert found.of("clash") == ()


def test_a_place_that_stands_twice_is_read_once(desk: Desk, copies: Copies):
    packed = filled_in_excel(copies.take("head", "form.xlsx"), employed="11", untrained="3")
    twice = repacked(packed, lambda n, c: c.replace(b">untrained<", b">employed<"))
    found = copies.send("head", "copy.xlsx", twice).context["compared"]
    assert [one.said.value for one in found.of("new")] == ["11"]
    assert [one.fault for one in found.of("refused")] == [
        "This line stands in the file twice; the first of the two is read"
    ]


def test_a_file_that_is_too_long_is_not_read(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    with pytest.raises(reading.NotACopy, match="larger than 10 MB"):
        reading.read("a.xlsx", io.BytesIO(b"x" * 101))
