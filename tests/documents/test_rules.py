"""What a file may be called and what it may be, judged by its content."""

from __future__ import annotations

import io

import pytest

from tests.documents.conftest import EICAR, PNG, packed, word
from wholestory.documents.rules import content, names
from wholestory.documents.rules.content import MOST_BYTES, NotTaken, what_is

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
ODT = packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})


@pytest.mark.parametrize(
    ("given", "tidied"),
    [
        ("policy.pdf", "policy.pdf"),
        ("C:\\Users\\jo\\policy.pdf", "policy.pdf"),
        ("../../etc/passwd", "passwd"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("a\x00b\nc.txt", "abc.txt"),
        ('what? "really".docx', "what- -really-.docx"),
        ("  spaced   out .txt", "spaced out .txt"),
        ("...", "file"),
        ("", "file"),
        ("cafe\u0301.pdf", "café.pdf"),
    ],
)
def test_names_are_made_safe(given: str, tidied: str) -> None:
    assert names.tidy(given) == tidied


@pytest.mark.parametrize(("name", "end"), [("a.PDF", "pdf"), ("a", ""), (".hidden", ""), ("a.tar.gz", "gz")])
def test_endings(name: str, end: str) -> None:
    assert names.ending(name) == end


@pytest.mark.parametrize(
    ("name", "made", "kind"),
    [
        ("a.pdf", PDF, content.PDF),
        ("a.docx", word(), content.WORD),
        ("a.png", PNG, content.PNG),
        ("a.jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 40, content.JPEG),
        ("a.txt", "naïve – text\r\n".encode(), content.TEXT),
        ("a.txt", "older – text".encode("cp1252"), content.TEXT),
        ("a.csv", b"a,b\n1,2\n", content.CSV),
        ("a.odt", ODT, content.OPEN_TEXT),
    ],
)
def test_kinds_that_are_taken(name: str, made: bytes, kind: content.FileType) -> None:
    opened = io.BytesIO(made)
    assert what_is(name, len(made), opened) == kind
    assert opened.tell() == 0


@pytest.mark.parametrize(
    ("name", "made", "sentence"),
    [
        ("a.exe", b"MZ", "cannot be taken"),
        ("a", b"text", "cannot be taken"),
        ("a.html", b"<script>", "cannot be taken"),
        ("a.docm", word(), "holds macros"),
        ("a.docx", word({"word/vbaProject.bin": b"x"}), "holds macros"),
        ("a.docx", word({"word/activeX/activeX1.bin": b"x"}), "holds macros"),
        ("a.xlsx", word({"xl/macrosheets/sheet1.xml": b"x"}), "holds macros"),
        (
            "a.odt",
            packed({"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/x.xml": b""}),
            "holds macros",
        ),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "password or is in an older format"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "password or is in an older format"),
        ("a.docx", packed({"[Content_Types].xml": b"<Types/>"}, password=True), "has a password"),
        ("a.docx", packed({"a.txt": b"x"}), "packed folder"),
        ("a.docx", b"PK\x03\x04 cut off", "damaged"),
        ("a.pdf", word(), "is a Word document by its content"),
        ("a.docx", PDF, "is a PDF by its content"),
        ("a.txt", PDF, "is a PDF by its content"),
        ("a.pdf", b"%PDF-1.4\nhello", "is not a whole PDF"),
        ("a.pdf", b"%PDF-1.4\nhello\n%%EOF", "is not a whole PDF"),
        ("a.pdf", PDF[:-5], "is not a whole PDF"),
        ("a.pdf", b"MZ\x90\x00", "not what its name says"),
        ("a.txt", b"text\x00more", "not what its name says"),
        ("a.png", b"GIF89a", "not what its name says"),
        ("a.pdf", b"", "is empty"),
    ],
)
def test_kinds_that_are_refused_say_why(name: str, made: bytes, sentence: str) -> None:
    with pytest.raises(NotTaken, match=sentence):
        what_is(name, len(made), io.BytesIO(made))


@pytest.mark.parametrize(
    ("name", "made", "sentence"),
    [
        ("a.exe", b"MZ", "Send .pdf or .docx$"),
        ("a.pdf", b"MZ", "Send .pdf or .docx$"),
        ("a.docx", packed({"a.txt": b"x"}), "one by one: .pdf or .docx$"),
        ("a.pdf", PNG, "is a PNG picture by its content, and cannot be added here. Send .pdf or .docx$"),
    ],
)
def test_nobody_is_told_to_send_what_the_place_then_refuses(name: str, made: bytes, sentence: str) -> None:
    with pytest.raises(NotTaken, match=sentence):
        what_is(name, len(made), io.BytesIO(made), ("pdf", "docx"))


def test_a_file_that_unpacks_to_very_much_is_refused_unopened() -> None:
    bomb = word({"word/media/image1.bmp": b"\x00" * (30 * 1024 * 1024)})
    assert len(bomb) < 200_000
    with pytest.raises(NotTaken, match="unpacks to more"):
        what_is("a.docx", len(bomb), io.BytesIO(bomb))


def test_size_and_length_of_name() -> None:
    with pytest.raises(NotTaken, match="smaller than 50 MB"):
        what_is("a.pdf", MOST_BYTES + 1, io.BytesIO(b"%PDF-"))
    with pytest.raises(NotTaken, match="120 characters"):
        what_is("a" * 117 + ".pdf", 5, io.BytesIO(b"%PDF-"))


def test_the_test_signature_is_plain_text_to_the_rules() -> None:
    assert what_is("eicar.txt", len(EICAR), io.BytesIO(EICAR)) == content.TEXT
