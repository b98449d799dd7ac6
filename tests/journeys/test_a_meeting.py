"""A meeting from agenda to minutes: interests before papers, who came, a decision; on a phone without scripts too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.given import Given
from tests.journeys.screen import DESK, PHONE, Screen
from tests.meetings.made import GroupMeeting
from tests.personas import TODAY
from wholestory.meetings.models import Arrangement
from wholestory.meetings.operations import planning

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]


@pytest.mark.parametrize(("size", "script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone_no_script"])
def test_a_meeting_from_its_agenda_to_its_minutes(
    given: Given, screen_of: ScreenOf, size: tuple[int, int], script: bool
) -> None:
    GroupMeeting(given)
    with given.acting("business_manager") as actor:
        planning.set_quorum(
            actor=actor, arrangement=Arrangement.objects.select_related("record").get(), number=2, share="", needs=(),
            virtual_counts=True, deputies_count=True, target=75, today=TODAY,
        )  # fmt: skip
    keeper = screen_of("business_manager", size, script=script).goes_to("Meetings").follows("The group meets")
    keeper.follows("Set the agenda").follows("Add an item").chooses("Part B: confidential")
    keeper.types("What is it about?", "A concern about one provider").chooses("For decision")
    keeper.presses("Add the item").sees("The item is on the agenda", "B1 A concern about one provider")

    member = screen_of("lay_member", size, script=script).goes_to("Meetings").follows("The group meets")
    member.sees("papers open once you have declared").follows("Declare your interests (1 item)")
    member.presses("Declare").sees("Say whether you have an interest in B1")
    member.chooses("I have no interest in it").presses("Declare").sees("the papers are open to you")

    keeper.goes_to("Meetings").follows("The group meets").follows("Record who came").chooses("Was present")
    keeper.presses("Save").sees("Quorate: 2 members present, 2 needed.")

    chair = screen_of("chair", size, script=script).goes_to("Meetings").follows("The group meets")
    chair.follows("The plan").follows("Record a decision").types("What was decided?", "The plan is agreed.")
    chair.presses("Record the decision").sees("The decision is in the register", "The plan is agreed.")

    keeper.goes_to("Meetings").follows("The group meets").follows("Minutes").sees("All were welcomed.")
    keeper.presses("Send to the chair").sees("The draft is with the chair.")
    chair.goes_to("Meetings").follows("The group meets").follows("Minutes").presses("I have checked them")
    chair.sees("Members can read them")
    member.goes_to("Meetings").follows("The group meets").follows("Minutes").sees(
        "Discussed.", "The plan is agreed."
    )
    member.follows("Print").sees("Checked by the chair, not approved yet: not approved")
