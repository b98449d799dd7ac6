"""Answers that a token sends: kept as drafts, never over somebody's head, never signed off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.conftest import FIRST, ITEMS, Api, error, reference_of
from tests.assurance.conftest import NOW, Round
from tests.personas import TODAY
from wholestory.assurance.models import Cycle, Return, SectionOwner
from wholestory.assurance.operations import cycles, returns
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import AnswerHistory


@pytest.fixture
def reference(round_: Round, school: Api) -> str:
    return reference_of(round_, "school")


def typed_by_the_head(round_: Round, key: str, value: Any, base: int = 0) -> None:
    with round_.acting("head") as actor:
        set_id = round_.returns["school"].answers_id
        saves = [paperwork.Save(Place(key), Given(value), base)]
        paperwork.save_draft(actor=actor, set_id=set_id, saves=saves, now=timezone.now(), window="a page")


def test_a_draft_is_saved_and_the_return_is_begun(round_: Round, school: Api, reference: str) -> None:
    answer = school.put(
        reference, {"key": ITEMS[0], "value": 1}, {"key": FIRST.plan, "value": "We will appoint one."}
    )
    assert answer.status_code == 200
    assert answer.json()["stage"] == "in_progress"
    first, second = answer.json()["answers"]
    assert (first["outcome"], first["revision"], first["problems"]) == ("saved", 1, [])
    assert second["applies"] is True
    assert round_.fresh("school").signed_off_on is None


def test_sending_the_same_again_changes_nothing(school: Api, reference: str) -> None:
    school.saved(reference, {"key": ITEMS[0], "value": 2})
    again = school.saved(reference, {"key": ITEMS[0], "value": 2})
    assert (again[0]["outcome"], again[0]["revision"]) == ("unchanged", 1)


def test_a_change_says_which_revision_it_saw(school: Api, reference: str) -> None:
    school.saved(reference, {"key": ITEMS[0], "value": 2})
    changed = school.saved(reference, {"key": ITEMS[0], "value": 3, "base": 1})
    assert (changed[0]["outcome"], changed[0]["revision"]) == ("saved", 2)
    emptied = school.saved(reference, {"key": ITEMS[0], "nothing": "blank", "base": 2})
    assert emptied[0]["revision"] == 3
    assert school.read(f"/returns/{reference}")["answers"][0]["nothing"] == "blank"


def test_what_somebody_else_saved_is_never_overwritten(round_: Round, school: Api, reference: str) -> None:
    school.saved(reference, {"key": FIRST.said, "value": "Ours"})
    typed_by_the_head(round_, FIRST.said, "The head's own words", base=1)
    late = school.saved(
        reference, {"key": FIRST.said, "value": "Ours, later", "base": 1}, {"key": ITEMS[1], "value": 2}
    )
    assert [one["outcome"] for one in late] == ["kept_aside", "saved"]
    found = school.read(f"/returns/{reference}")
    assert (
        next(one for one in found["answers"] if one["key"] == FIRST.said)["value"] == "The head's own words"
    )
    assert found["versions_kept_aside"] == 1
    with round_.acting("head"):
        kept = AnswerHistory.objects.filter(key=FIRST.said).values_list("value", flat=True)
        assert set(kept) == {"Ours", "The head's own words", "Ours, later"}


def test_last_times_answers_come_forward_and_what_is_sent_replaces_or_confirms_them(
    round_: Round, school: Api, reference: str
) -> None:
    round_.answer("school", "head", 2)
    round_.sign("school", "head_signatory")
    round_.release("school")
    with round_.acting("business_manager") as actor:
        later = cycles.prepare(
            actor=actor, board=round_.world.board, title="Autumn 2016", framework="short_self_assessment",
            opens_on=TODAY.replace(month=9), due_on=TODAY.replace(month=10), today=TODAY.replace(month=9),
        )  # fmt: skip
        issued: Return = cycles.issue(
            actor=actor, cycle=later, agencies=[round_.world.agencies["school"]], today=TODAY.replace(month=9)
        )[0]
        new = issued.record.reference
    sent = school.saved(new, {"key": ITEMS[0], "value": 3}, {"key": ITEMS[1], "value": 2})
    assert [one["outcome"] for one in sent] == ["saved", "saved"]
    found = {one["key"]: one for one in school.read(f"/returns/{new}")["answers"]}
    assert (found[ITEMS[0]]["value"], found[ITEMS[0]]["to_confirm"]) == (3, False)
    assert (found[ITEMS[1]]["value"], found[ITEMS[1]]["to_confirm"]) == (2, False)
    assert (found[ITEMS[2]]["value"], found[ITEMS[2]]["to_confirm"]) == (2, True)


def test_a_signed_return_takes_no_answers(round_: Round, school: Api, reference: str) -> None:
    round_.answer("school", "head")
    round_.sign("school", "head_signatory")
    assert error(school.put(reference, {"key": ITEMS[0], "value": 0}))[:2] == (409, "not_open")
    found = school.read(f"/returns/{reference}")
    assert (found["stage"], found["can_be_answered"], found["problems"]) == ("signed_off", False, [])


def test_a_nil_return_takes_no_answers(round_: Round, school: Api, reference: str) -> None:
    with round_.acting("head_signatory") as actor:
        ret = round_.fresh("school")
        returns.sign_nil(actor=actor, ret=ret, post="Head", reason="Closed", today=TODAY, now=NOW)
    assert error(school.put(reference, {"key": ITEMS[0], "value": 0}))[:2] == (409, "not_open")


def test_a_return_whose_cycle_closed_takes_no_answers_and_is_read(
    round_: Round, school: Api, reference: str
) -> None:
    school.saved(reference, {"key": ITEMS[0], "value": 2})
    with round_.acting("business_manager") as actor:
        cycle = Cycle.objects.select_related("record").get(pk=round_.cycle.pk)
        cycles.close(actor=actor, cycle=cycle, today=TODAY)
    refused = school.put(reference, {"key": ITEMS[0], "value": 0, "base": 1})
    assert error(refused)[:2] == (409, "not_open")
    assert "This cycle closed on 14 March 2016" in refused.content.decode()
    found = school.read(f"/returns/{reference}")
    assert found["can_be_answered"] is False
    assert found["is_overdue"] is False
    assert found["answers"][0]["value"] == 2


def test_a_standard_given_to_somebody_is_theirs(round_: Round, school: Api, reference: str) -> None:
    with round_.acting("head") as actor:
        ret = round_.fresh("school")
        page = school.read(f"/returns/{reference}")["answers"][0]["page"]
        returns.share_out(actor=actor, ret=ret, owners={page: [round_.world.people["head_contributor"]]})
    refused = school.put(reference, {"key": ITEMS[0], "value": 2})
    assert error(refused) == (403, "not_your_page", "answers[0].key")
    with round_.acting("head") as actor:
        owners = [round_.world.people["head_contributor"], school.token.person]
        returns.share_out(actor=actor, ret=round_.fresh("school"), owners={page: owners})
        assert SectionOwner.objects.count() == 2
    assert school.saved(reference, {"key": ITEMS[0], "value": 2})[0]["outcome"] == "saved"


def test_the_lead_can_name_the_service_among_those_who_answer(
    round_: Round, school: Api, reference: str, browse: Callable[[str], Client]
) -> None:
    page = school.read(f"/returns/{reference}")["answers"][0]["page"]
    lead = browse("head")
    address = f"/self-audits/returns/{reference}/share/"
    assert "API of Willow Lane Academy" in lead.get(address).content.decode()
    assert lead.post(address, {f"owner-{page}": str(school.token.person_id)}).status_code == 302
    assert school.saved(reference, {"key": ITEMS[0], "value": 2})[0]["outcome"] == "saved"


@pytest.mark.parametrize(
    ("answer", "code", "field"),
    [
        ({"key": "no_such_thing", "value": 1}, "no_such_question", "answers[1].key"),
        ({"key": ITEMS[1], "item": 1, "value": 1}, "no_such_question", "answers[1].item"),
        ({"key": ITEMS[1], "value": 9}, "unreadable", "answers[1].value"),
        ({"key": ITEMS[1], "value": [1]}, "unreadable", "answers[1].value"),
        ({"key": FIRST.said, "value": ""}, "unreadable", "answers[1].value"),
        ({"key": FIRST.said, "value": {"text": "no"}}, "unreadable", "answers[1].value"),
        ({"key": FIRST.plan_due, "value": "31 February"}, "unreadable", "answers[1].value"),
        ({"key": ITEMS[1], "nothing": "declined"}, "not_offered", "answers[1].nothing"),
        ({"key": ITEMS[0], "value": 3}, "twice", "answers[1].key"),
        ({"key": ITEMS[1]}, "invalid", "answers[1]"),
        ({"key": ITEMS[1], "value": 1, "nothing": "blank"}, "invalid", "answers[1]"),
        ({"key": ITEMS[1], "value": 1, "vlaue": 1}, "invalid", "answers[1].vlaue"),
        ({"key": ITEMS[1], "value": 1, "base": "1"}, "invalid", "answers[1].base"),
        ({"key": ITEMS[1], "value": 1, "base": -1}, "invalid", "answers[1].base"),
        ({"key": ITEMS[1], "nothing": "nil"}, "invalid", "answers[1].nothing"),
        ({"key": "X" * 300, "value": 1}, "invalid", "answers[1].key"),
        ({"key": FIRST.said, "value": "a\0b"}, "invalid", "answers[1].value"),
        ({"key": ITEMS[1], "value": 1, "reason": "\ud800"}, "invalid", "answers[1].reason"),
    ],
)
def test_an_answer_that_cannot_be_understood_names_its_place_and_nothing_is_kept(
    school: Api, reference: str, answer: dict[str, Any], code: str, field: str
) -> None:
    refused = school.put(reference, {"key": ITEMS[0], "value": 2}, answer)
    assert error(refused) == (422, code, field)
    assert school.read(f"/returns/{reference}")["stage"] == "issued"
    assert all(one["revision"] == 0 for one in school.read(f"/returns/{reference}")["answers"])


def test_every_fault_of_a_request_is_named(school: Api, reference: str) -> None:
    refused = school.put(reference, {"key": "nonsense", "value": 1}, {"key": ITEMS[0], "value": 9})
    said = refused.json()["error"]
    assert said["place"]["field"] == "answers[0].key"
    assert [one["place"]["field"] for one in said["also"]] == ["answers[1].value"]


def test_what_can_be_kept_and_not_signed_is_kept_with_its_problem(school: Api, reference: str) -> None:
    saved = school.saved(
        reference, {"key": FIRST.said, "value": "x" * 4001}, {"key": ITEMS[0], "nothing": "not_applicable"}
    )
    assert saved[0]["outcome"] == "saved"
    assert "1 too long" in saved[0]["problems"][0]
    assert saved[1]["problems"] == ["Say why you chose “Not applicable”"]
