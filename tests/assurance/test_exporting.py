"""The workbook of a whole cycle: made as whoever asked, found by nobody else, removed when its time is over."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.assurance.conftest import SHORT, Round
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import CycleExport, ExportState
from wholestory.assurance.operations import exporting, moderation
from wholestory.documents import looking, shelf
from wholestory.documents.models import StoredFile
from wholestory.documents.queries import screened_words
from wholestory.paperwork.models import Answer

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
FIRST, SECOND, THIRD = list(framework_called(SHORT).items)[:3]


@pytest.fixture(autouse=True)
def own_shelf(tmp_path: Path) -> Iterator[None]:
    import dataclasses

    with override_settings(
        ENVIRONMENT=dataclasses.replace(settings.ENVIRONMENT, data_dir=tmp_path, scanner="")
    ):
        shelf.storage.cache_clear()
        yield
    shelf.storage.cache_clear()


def reference(round_: Round) -> str:
    with acting.as_system(round_.world.board):
        return str(round_.cycle.record.reference)


def asked(round_: Round, browse: Browse, who: str = "quality_officer") -> CycleExport:
    answer = browse(who).post(f"/self-audits/cycles/{reference(round_)}/workbook/")
    assert answer.status_code == 302
    with acting.as_system(round_.world.board):
        return CycleExport.objects.select_related("record").latest("asked_at")


def made(round_: Round, export: CycleExport, browse: Browse, who: str = "quality_officer") -> dict[str, Any]:
    assert exporting.make_for(round_.world.people[who], round_.world.board, export.pk)
    with round_.acting(who):
        file = StoredFile.objects.select_related("record").get(about=export.record_id)
    answer = browse(who).get(f"/files/{file.record.reference}/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_it_holds_every_agency_and_item_with_both_scores_words_and_definitions(
    signed_school: Round, browse: Browse
) -> None:
    with signed_school.acting("quality_officer") as actor:
        moderation.judge(
            actor=actor, ret=signed_school.fresh("school"), item=THIRD, score="1", reason="Nothing shown.", today=TODAY
        )  # fmt: skip
    book = made(signed_school, asked(signed_school, browse), browse)
    school = signed_school.world.agencies["school"].name
    force = {row[0]: row[3:6] for row in book["Scores in force"]}
    own = {row[0]: row[3:6] for row in book["Own scores"]}
    assert force[school] == (1, 0, 1)
    assert own[school] == (1, 0, 2)
    assert len(force) == 1 + 4  # the heading and everybody asked
    third = next(row for row in book["Answers"] if row[0] == school and row[5:7] == (2, 1))
    assert "Nothing shown." in third
    assert "It is in our policy and people know it." in third
    assert len(book["Definitions"]) == 1 + len(framework_called(SHORT).items)
    assert [row[0] for row in book["Scale"][1:]] == ["0", "1", "2", "3"]
    assert any("OFFICIAL-SENSITIVE" in str(row[0]) for row in book["About this file"])


def test_it_was_made_here_so_it_is_kept_without_being_looked_through_and_says_so(
    signed_school: Round, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def must_not_be_called(*_: object, **__: object) -> looking.Looked:
        raise AssertionError("looked through")

    monkeypatch.setattr(looking, "look_through", must_not_be_called)
    export = asked(signed_school, browse)
    made(signed_school, export, browse)
    with signed_school.acting("quality_officer"):
        file = StoredFile.objects.get(about=export.record_id)
        assert screened_words(file) == "Made here from what is kept here, so it was not looked through."


def test_answers_to_withdrawn_questions_stay_in_it(signed_school: Round, browse: Browse) -> None:
    with acting.as_system(signed_school.world.board):
        ret = signed_school.fresh("school")
        ledger.line("paperwork.saved", ret.record)
        one = Answer.objects.filter(answer_set=ret.answers_id).first()
        assert one is not None
        one.pk, one.key, one.value = UUID(int=7), "no_longer_asked", "Kept all the same"
        one.save(force_insert=True)
    rows = made(signed_school, asked(signed_school, browse), browse)["Withdrawn questions"]
    assert rows[1][1:3] == ("no_longer_asked", "Kept all the same")


def test_nobody_but_the_asker_finds_it_not_even_the_rest_of_the_team(
    signed_school: Round, browse: Browse
) -> None:
    export = asked(signed_school, browse)
    made(signed_school, export, browse)
    page = f"/self-audits/exports/{export.record.reference}/"
    assert "Download the workbook" in browse("quality_officer").get(page).content.decode()
    for who in (
        "business_manager",
        "chair",
        "administrator",
        "ig_lead",
        "lay_member",
        "head",
        "sister_manager",
    ):
        assert browse(who).get(page).status_code == 404, who
        with signed_school.acting(who):
            assert not StoredFile.objects.filter(about=export.record_id).exists()


@pytest.mark.parametrize(
    "who", ["lay_member", "police_member", "head", "police_lead", "sister_manager", "stranger"]
)
def test_only_those_who_export_a_cycle_may_ask(signed_school: Round, browse: Browse, who: str) -> None:
    where = f"/self-audits/cycles/{reference(signed_school)}/workbook/"
    assert browse(who).get(where).status_code == 404
    assert browse(who).post(where).status_code == 404


def test_progress_is_shown_without_javascript_and_asking_twice_makes_one(
    signed_school: Round, browse: Browse
) -> None:
    first = asked(signed_school, browse)
    page = browse("quality_officer").get(f"/self-audits/exports/{first.record.reference}/").content.decode()
    assert '<meta http-equiv="refresh" content="5">' in page
    assert "Look again now" in page
    assert asked(signed_school, browse).pk == first.pk


def test_made_twice_it_is_made_once(signed_school: Round, browse: Browse) -> None:
    export = asked(signed_school, browse)
    made(signed_school, export, browse)
    assert not exporting.make_for(
        signed_school.world.people["quality_officer"], signed_school.world.board, export.pk
    )


def test_it_is_removed_when_its_time_is_over_and_a_second_run_finds_none(
    signed_school: Round, browse: Browse
) -> None:
    export = asked(signed_school, browse)
    made(signed_school, export, browse)
    board = signed_school.world.board
    assert exporting.remove_expired(board, export.expires_at - timedelta(seconds=1)) == 0
    assert exporting.remove_expired(board, export.expires_at) == 1
    assert exporting.remove_expired(board, export.expires_at) == 0
    with acting.as_system(board):
        assert CycleExport.objects.get(pk=export.pk).state == ExportState.GONE
        assert StoredFile.objects.get(about=export.record_id).removed_at is not None
    said = browse("quality_officer").get(f"/self-audits/exports/{export.record.reference}/").content.decode()
    assert "It is no longer here." in said
