"""Counts and cycles as each kind of person is shown them, and the small gates of preparing and moderating one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import SHORT, Round
from tests.personas import LONG_AGO, TODAY
from wholestory.access import derive
from wholestory.access.screens import operations as screens
from wholestory.actions.models import Action
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle, Return
from wholestory.assurance.operations import cycles
from wholestory.assurance.results import is_shown_to_board
from wholestory.partners.models import Group, Person, Role, Seat

Browse = Callable[[str], Client]
NEW = {
    "title": "Autumn 2016", "framework": SHORT, "opens_on-day": "1", "opens_on-month": "9", "opens_on-year": "2016",
    "due_on-day": "1", "due_on-month": "11", "due_on-year": "2016",
}  # fmt: skip


def page(round_: Round, which: str = "cycle") -> str:
    return reverse(f"assurance:{which}", args=[round_.cycle.record.reference])


def test_a_count_never_tells_of_a_return_somebody_is_kept_out_of(
    signed_school: Round, browse: Browse
) -> None:
    with signed_school.acting("business_manager") as actor:
        screens.refuse(
            actor=actor, person=signed_school.world.people["quality_officer"],
            record=signed_school.fresh("school").record, reason="conflict_of_interest", starts_on=TODAY, ends_on=None,
        )  # fmt: skip
    kept_out = browse("quality_officer")
    listed, own = kept_out.get("/self-audits/").content.decode(), kept_out.get(page(signed_school))
    assert "3 asked." in listed
    assert "signed off" not in listed
    assert own.context["line"].asked == 3
    for name in ("business_manager", "chair"):
        assert browse(name).get(page(signed_school)).context["line"].asked == 4, name
    lay = browse("lay_member").get(page(signed_school)).context["line"]
    assert (lay.asked, dict(lay.counts)["Signed off"]) == (4, 1)


def test_a_cycle_nobody_was_asked_in_is_the_teams_alone(cycle_round: Round, browse: Browse) -> None:
    with cycle_round.acting("business_manager") as actor:
        prepared = cycles.prepare(
            actor=actor, board=cycle_round.world.board, title="Autumn 2016", framework=SHORT,
            opens_on=date(2016, 9, 1), due_on=date(2016, 11, 1), today=TODAY,
        )  # fmt: skip
    url = reverse("assurance:cycle", args=[prepared.record.reference])
    for name, seen in (
        ("business_manager", True), ("quality_officer", True), ("chair", False), ("police_member", False),
        ("lay_member", False), ("head", False),
    ):  # fmt: skip
        client = browse(name)
        assert ("Autumn 2016" in client.get("/self-audits/").content.decode()) is seen, name
        assert client.get(url).status_code == (200 if seen else 404), name
        assert (url in client.get("/search/?q=Autumn").content.decode()) is seen, name
    assert "Autumn 2016" not in browse("lay_member").get("/lay-member/").content.decode()


def test_a_second_cycle_of_the_same_title_is_made_on_purpose_only(cycle_round: Round, browse: Browse) -> None:
    manager, url = browse("business_manager"), reverse("assurance:cycle_new")
    assert "Prepare another cycle with this title" not in manager.get(url).content.decode()
    twice = {**NEW, "title": " spring  2016 "}
    told = manager.post(url, twice)
    assert "There is a cycle with this title already." in told.content.decode()
    assert "Prepare another cycle with this title" in told.content.decode()
    assert manager.post(url, {**twice, "same_title": "on"}).status_code == 302
    assert manager.post(url, NEW).status_code == 302
    with cycle_round.acting("business_manager"):
        assert Cycle.objects.count() == 3


def test_whoever_sits_only_in_a_group_of_the_board_can_moderate(cycle_round: Round, browse: Browse) -> None:
    board, school = cycle_round.world.board, cycle_round.returns["school"]
    group = Group.objects.get(slug="qeg")
    panel = Person.objects.create(full_name="Wynn Orchard", email="wynn@people.example", is_invented=True)
    own = Person.objects.create(full_name="Ola Teller", email="ola@people.example", is_invented=True)
    for person, agency in ((panel, "police"), (own, "school"), (cycle_round.world.people["chair"], None)):
        Seat.objects.create(
            person=person, board=board, group=group, role=Role.MEMBER, starts_on=LONG_AGO,
            agency=cycle_round.world.agencies[agency] if agency else None,
        )  # fmt: skip
    derive.rewrite(panel, own)
    manager, url = browse("business_manager"), reverse("assurance:assign", args=[school.record.reference])
    html = manager.get(url).content.decode()
    assert "Wynn Orchard (Northmarsh Constabulary, Quality and Effectiveness Group)" in html
    assert "Dr Hilary Stroud (Independent chair)" in html
    assert html.count("Hilary Stroud") == 1
    assert "Ola Teller" not in html
    assert manager.post(url, {"moderator": str(panel.id)}).status_code == 302


def test_an_action_promised_after_the_board_was_shown_the_result_is_shown_as_well(
    signed_school: Round, browse: Browse
) -> None:
    item = next(iter(framework_called(SHORT).items))
    signed_school.release("school")
    promise = reverse("assurance:promise", args=[signed_school.returns["school"].record.reference])
    said = {
        "items": [item], "detail": "", "due_on-day": "1", "due_on-month": "9", "due_on-year": "2016",
        "owner": str(signed_school.world.people["head"].id),
    }  # fmt: skip
    head, shown = browse("head"), "reads it at once"
    assert shown not in head.get(promise).content.decode()
    assert head.post(promise, {**said, "title": "Before"}).status_code == 302
    with signed_school.acting("lay_member"):
        assert not Action.objects.exists()
    with signed_school.acting("business_manager") as actor:
        cycles.release_to_board(actor=actor, cycle=Cycle.objects.get(), today=TODAY)
    assert shown in head.get(promise).content.decode()
    assert head.post(promise, {**said, "title": "After"}).status_code == 302
    with signed_school.acting("lay_member"):
        assert {"Before", "After"} <= set(Action.objects.values_list("title", flat=True))
        after = Action.objects.select_related("record").get(title="After").record.reference
    assert browse("lay_member").get(reverse("actions:action", args=[after])).status_code == 200


def test_one_whose_result_the_board_has_not_seen_waits_for_the_next_release(signed_school: Round) -> None:
    signed_school.answer("police", "police_lead")
    signed_school.sign("police", "police_signatory")
    signed_school.release("school")
    with signed_school.acting("business_manager") as actor:
        cycles.release_to_board(actor=actor, cycle=Cycle.objects.get(), today=TODAY)
    signed_school.release("police")
    with signed_school.acting("police_lead"):
        assert not is_shown_to_board(Return.objects.get())
    with signed_school.acting("head"):
        assert is_shown_to_board(Return.objects.get())


def test_a_moderators_reason_has_an_end(signed_school: Round, browse: Browse) -> None:
    item = list(framework_called(SHORT).items)[2]
    url = reverse("assurance:judge", args=[signed_school.returns["school"].record.reference, item])
    officer = browse("quality_officer")
    told = officer.post(url, {"score": "1", "reason": "x" * 4001})
    assert told.status_code == 200
    assert "4,000 characters or fewer" in told.content.decode()
    assert officer.post(url, {"score": "1", "reason": "x" * 4000}).status_code == 302
