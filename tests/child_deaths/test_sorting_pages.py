"""The coordinator's way from a message to a case that is taken on, handed over or left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import Case, CaseKind, Lead, Notification, Panel, Transfer
from wholestory.pathways.models import RunningClock, Standing

Browse = Callable[[str], Client]
OUTSIDERS = (
    "business_manager", "quality_officer", "administrator", "chair", "police_member", "lay_member", "analyst",
    "panel_chair", "panel_police", "sister_coordinator", "sister_manager", "head", "stranger",
)  # fmt: skip


def stage(deaths: Deaths, case: Case) -> str:
    with deaths.acting():
        return Standing.objects.get(record=case.record_id).stage


def lead(client: Client, case: Case, panel: Panel, **more: str) -> None:
    url = reverse("child_deaths:lead", args=[case.record.reference])
    said = {
        "leads": str(panel.pk),
        "coordinates": "us",
        "rule": "lived_here",
        "home_area": str(panel.areas.get().pk),
        "evidence": "The GP's register.",
        **more,
    }
    assert client.post(url, said).status_code == 302


def test_from_a_message_to_a_case_taken_on(deaths: Deaths, browse: Browse) -> None:
    notification, client = deaths.told(), browse("coordinator")
    page = client.get(reverse("child_deaths:notifications"))
    assert notification.record.reference in page.content.decode()
    assert "Ashby" not in page.content.decode()  # a list names nobody
    shown = client.get(
        reverse("child_deaths:notification", args=[notification.record.reference])
    ).content.decode()
    assert "Ashby" in shown
    answer = client.post(reverse("child_deaths:open_case", args=[notification.record.reference]))
    with deaths.acting():
        case = Case.objects.select_related("record").get()
    assert answer["Location"] == reverse("child_deaths:sort", args=[case.record.reference])
    # Without a decision on who leads it cannot be taken on.
    client.post(reverse("child_deaths:take_on", args=[case.record.reference]))
    assert stage(deaths, case) == "triage"
    lead(client, case, deaths.panel)
    client.post(reverse("child_deaths:take_on", args=[case.record.reference]))
    assert stage(deaths, case) == "immediate"
    with deaths.acting():
        # Six months from 12 March 2016.
        assert str(RunningClock.objects.get(record=case.record, key="death_reviewed").due_on) == "2016-09-12"
    page = client.get(reverse("child_deaths:case", args=[case.record.reference])).content.decode()
    assert "Rowan Ashby" in page
    assert "2 years" in page
    assert "Review by the child death overview panel" in page


def test_the_caseload_names_nobody_and_counts_what_waits(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    deaths.told(forenames="Wren", surname="Colley")
    page = browse("coordinator").get(reverse("child_deaths:home")).content.decode()
    assert case.record.reference in page
    assert "Ashby" not in page
    assert "1 message to sort" in page
    assert "1 to 4 years" in page


def test_a_child_is_found_by_any_name_without_the_name_in_an_address(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    client = browse("coordinator")
    client.post(
        reverse("child_deaths:add_name", args=[case.record.reference]),
        {"kind": "earlier", "forenames": "Rowan", "surname": "Brambleby"},
    )
    for name in ("ashby", "Brambleby", "rowan"):
        found = client.post(reverse("child_deaths:find"), {"name": name}).content.decode()
        assert case.record.reference in found
    assert "No case" in client.post(reverse("child_deaths:find"), {"name": "Nobody"}).content.decode()
    number = client.post(reverse("child_deaths:find"), {"nhs_number": "999 000 0018"}).content.decode()
    assert case.record.reference in number


def test_handed_to_a_panel_of_this_system_and_accepted(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(), browse("coordinator")
    lead(client, case, deaths.south)
    client.post(reverse("child_deaths:hand_over", args=[case.record.reference]), {"words": "As telephoned."})
    with deaths.acting():
        assert Case.objects.get(pk=case.pk).lead == Lead.SENT
        transfer = Transfer.objects.select_related("record").get()
    assert stage(deaths, case) == "triage"  # ours until accepted
    there = browse("sister_coordinator")
    seen = there.get(reverse("child_deaths:transfer", args=[transfer.record.reference])).content.decode()
    assert "Ashby" in seen
    assert there.get(reverse("child_deaths:case", args=[case.record.reference])).status_code == 404
    there.post(reverse("child_deaths:transfer_answer", args=[transfer.record.reference]), {"accepted": "yes"})
    assert stage(deaths, case) == "transferred"
    with deaths.acting():
        assert Case.objects.get(pk=case.pk).lead == Lead.THEIRS
        assert not RunningClock.objects.filter(record=case.record, closed_at__isnull=True).exists()
    with deaths.acting("sister_coordinator"):
        theirs = Case.objects.select_related("record").get()
        assert theirs.panel_id == deaths.south.pk
        assert theirs.first_received_at == case.first_received_at
        assert Notification.objects.get().channel == "transfer"


def test_edge_case_19_refused_it_stays_ours_as_disputed(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(), browse("coordinator")
    lead(client, case, deaths.south)
    client.post(reverse("child_deaths:hand_over", args=[case.record.reference]), {"words": ""})
    with deaths.acting():
        transfer = Transfer.objects.select_related("record").get()
    there = browse("sister_coordinator")
    url = reverse("child_deaths:transfer_answer", args=[transfer.record.reference])
    assert "Say why" in there.post(url, {"accepted": "no"}).content.decode()
    there.post(url, {"accepted": "no", "words": "He moved back in January."})
    with deaths.acting():
        assert Case.objects.get(pk=case.pk).lead == Lead.DISPUTED
    assert stage(deaths, case) == "triage"
    assert "disputed" in client.get(reverse("child_deaths:home") + "?standing=lead").content.decode()
    # Answered once: not again.
    assert "answered or taken back already" in there.post(url, {"accepted": "yes"}).content.decode()


def test_a_panel_without_this_system_answers_by_what_is_written_down(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(), browse("coordinator")
    lead(client, case, deaths.away)
    client.post(reverse("child_deaths:hand_over", args=[case.record.reference]), {"words": ""})
    with deaths.acting():
        transfer = Transfer.objects.select_related("record").get()
    url = reverse("child_deaths:transfer_reply", args=[transfer.record.reference])
    day = {"answered_on_0": "14", "answered_on_1": "3", "answered_on_2": "2016"}
    boxes = {"answered_on-day": "14", "answered_on-month": "3", "answered_on-year": "2016", **day}
    client.post(
        url, {"accepted": "yes", "answered_by": "F. Lorne, Farhaven", "their_reference": "F-17", **boxes}
    )
    assert stage(deaths, case) == "transferred"
    with deaths.acting():
        assert Transfer.objects.get().their_case == "F-17"


def test_an_unattended_stillbirth_keeps_a_record_of_the_response_alone(
    deaths: Deaths, browse: Browse
) -> None:
    case = deaths.case(born_on="2016-03-12", confirmed_on="2016-03-12")
    client = browse("coordinator")
    query = "?signs_of_life=no&attended=no&gestation_weeks=30"
    page = client.get(reverse("child_deaths:sort", args=[case.record.reference]) + query).content.decode()
    assert "joint agency response is needed" in page
    client.post(
        reverse("child_deaths:leave_out", args=[case.record.reference]) + query,
        {"reason": "The midwife's note."},
    )
    assert stage(deaths, case) == "out_of_scope"
    with deaths.acting():
        assert Case.objects.get(pk=case.pk).kind == CaseKind.RESPONSE_ONLY


def test_a_death_in_scope_is_not_left_out(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    url = reverse("child_deaths:leave_out", args=[case.record.reference])
    assert "do not leave it out" in browse("coordinator").post(url, {"reason": "x"}).content.decode()
    assert stage(deaths, case) == "triage"


@pytest.mark.parametrize("persona", OUTSIDERS)
def test_outsiders_find_nothing(deaths: Deaths, browse: Browse, persona: str) -> None:
    case = deaths.case()
    with deaths.acting():
        message = Notification.objects.select_related("record").get().record.reference
    client = browse(persona)
    for name in ("case", "sort", "lead", "take_on", "particulars", "restrict", "hand_over"):
        url = reverse(f"child_deaths:{name}", args=[case.record.reference])
        assert client.get(url).status_code == 404, name
        assert client.post(url, {}).status_code == 404, name
    assert client.get(reverse("child_deaths:notification", args=[message])).status_code == 404
    home = client.get(reverse("child_deaths:home"))
    assert home.status_code == 404 or case.record.reference not in home.content.decode()


def test_a_restricted_case_is_seen_by_those_let_in_alone(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    with deaths.acting():
        message = Notification.objects.select_related("record").get().record.reference
    url = reverse("child_deaths:restrict", args=[case.record.reference])
    doctor = browse("designated_doctor")
    assert doctor.get(reverse("child_deaths:case", args=[case.record.reference])).status_code == 200
    client = browse("coordinator")
    client.post(url, {"reason": "The family is under protection."})
    page = reverse("child_deaths:case", args=[case.record.reference])
    assert client.get(page).status_code == 200
    assert doctor.get(page).status_code == 404
    assert doctor.get(reverse("child_deaths:notification", args=[message])).status_code == 404
    found = doctor.post(reverse("child_deaths:find"), {"name": "Ashby"}).content.decode()
    assert case.record.reference not in found
    client.post(url, {"step": "let_in", "person": str(deaths.world.people["designated_doctor"].pk)})
    assert doctor.get(page).status_code == 200
    client.post(url, {"step": "keep_out", "person": str(deaths.world.people["designated_doctor"].pk)})
    assert doctor.get(page).status_code == 404
    client.post(url, {"step": "lift"})
    assert doctor.get(page).status_code == 200


def test_a_corrected_death_moves_the_limit_and_keeps_what_was_first(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(), browse("coordinator")
    lead(client, case, deaths.panel)
    client.post(reverse("child_deaths:take_on", args=[case.record.reference]))
    url = reverse("child_deaths:particulars", args=[case.record.reference])
    said = {
        "confirmed": "2016-03-11 23:50",
        "sex": "male",
        "born_on-day": "2",
        "born_on-month": "5",
        "born_on-year": "2013",
    }
    assert "Say why the moment of death changes" in client.post(url, said).content.decode()
    assert client.post(url, {**said, "reason": "The ward's notes."}).status_code == 302
    with deaths.acting():
        clock = RunningClock.objects.get(record=case.record, key="death_reviewed")
        assert (str(clock.due_on), str(clock.first_due_on)) == ("2016-09-11", "2016-09-12")


def test_lists_cost_the_same_for_three_and_thirty(
    deaths: Deaths, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("coordinator")
    for number in range(3):
        deaths.case(forenames=f"One{number}")
    few = [cost_of(client, reverse(f"child_deaths:{name}")) for name in ("home", "notifications")]
    for number in range(9):
        deaths.case(forenames=f"More{number}")
    assert [cost_of(client, reverse(f"child_deaths:{name}")) for name in ("home", "notifications")] == few
