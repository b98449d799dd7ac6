"""A file answer is kept, sealed, under the record of its form, and opened by the same people."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.assurance.conftest import Round
from tests.personas import TODAY, World
from wholestory.config.uploads import DocumentUploader
from wholestory.documents.models import StoredFile
from wholestory.paperwork.models import AnswerSet
from wholestory.paperwork.uploads import FileRefused, uploader

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.fixture
def cycle_round(world: World) -> Round:
    return Round(world)


def keep(round_: Round, name: str, content: bytes):
    with round_.acting("head") as actor:
        form_set = AnswerSet.objects.select_related("record").get(pk=round_.returns["school"].answers_id)
        return DocumentUploader().keep(
            actor=actor,
            form_set=form_set,
            key="files",
            sent=SimpleUploadedFile(name, content),
            accepts=("pdf",),
            today=TODAY,
        )


def test_the_forms_ask_the_room_that_keeps_files() -> None:
    assert isinstance(uploader(), DocumentUploader)


def test_a_file_answer_is_seen_inside_its_circle_only(cycle_round: Round) -> None:
    card = keep(cycle_round, "policy.pdf", PDF)
    with cycle_round.acting("quality_officer"):
        assert DocumentUploader().cards([card.ref])[card.ref].name == "policy.pdf"
    for outsider in ("police_lead", "lay_member", "sister_manager", "administrator"):
        with cycle_round.acting(outsider):
            assert DocumentUploader().cards([card.ref]) == {}
            assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("policy.exe", b"MZ"), ("policy.pdf", b"MZ\x90\x00 not a pdf")]
)
def test_what_is_not_the_kind_it_says_is_refused(cycle_round: Round, name: str, content: bytes) -> None:
    with pytest.raises(FileRefused):
        keep(cycle_round, name, content)


def test_what_was_kept_is_not_readable_on_the_disk(cycle_round: Round, settings) -> None:
    keep(cycle_round, "policy.pdf", PDF)
    for path in Path(settings.ENVIRONMENT.files_dir).rglob("*"):
        assert not path.is_file() or b"%PDF-1.4" not in path.read_bytes()
