"""Questions about people, their seats, and who stands in for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from wholestory.access.directory.forms.parts import Chosen, DoubtForm, by_name, fill
from wholestory.access.directory.operations.people import PersonDetails
from wholestory.access.directory.operations.seats import SeatDetails
from wholestory.govuk import forms
from wholestory.partners.models import (
    AGENCY_ROLES,
    BOARD_ROLES,
    TEAM_ROLES,
    Board,
    Counterpart,
    Group,
    Person,
    Role,
    Seat,
)

STATES = (("", "Holding a seat"), ("left", "No longer"), ("all", "All"))


def role_choices(*, team: bool = True, group: bool = False) -> list[tuple[str, Any]]:
    """Roles in the order people look for them, in their groups."""
    board = [(role.value, role.label) for role in Role if role in BOARD_ROLES]
    if group:
        return board
    agency = [(role.value, role.label) for role in Role if role in AGENCY_ROLES]
    own = [(role.value, role.label) for role in Role if role in TEAM_ROLES]
    return [
        ("On the board or a group", board),
        ("For an agency", agency),
        *([("On the board's own team", own)] if team else []),
    ]


class PeopleFilter(forms.FilterForm):
    """What narrows the list of people."""

    words = forms.TextField(label="Name, agency or address", width=20)
    role = forms.SelectField(
        label="Seat", choices=[(role.value, role.label) for role in Role], prompt="Any seat"
    )
    state = forms.SelectField(label="State", choices=STATES, prompt=None)

    def __init__(self, *args: Any, board: Board, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.board = board

    def apply(self, rows: Any) -> Any:
        """The people who match: words in name or address, or in the name of an agency or group they sit for."""
        given = self.cleaned_data
        if words := given.get("words"):
            sits = Seat.objects.filter(
                Q(agency__name__icontains=words) | Q(group__name__icontains=words), board=self.board
            )
            rows = rows.filter(
                Q(full_name__icontains=words) | Q(email__icontains=words) | Q(pk__in=sits.values("person"))
            )
        if role := given.get("role"):
            rows = rows.filter(pk__in=Seat.objects.filter(board=self.board, role=role).values("person"))
        state = given.get("state")
        return rows if state == "all" else rows.filter(holds=state != "left")


class _SeatFields(DoubtForm):
    role = forms.SelectField(label="Seat", missing="Choose the seat")
    agency = Chosen(
        label="For which agency?",
        hint="Leave empty for lay members, the chair and the board's own team",
        required=False,
        prompt="No agency",
    )
    group = Chosen(
        label="In which group?",
        hint="Leave empty for a seat on the board itself or for an agency",
        required=False,
        prompt="The board itself",
    )
    starts_on = forms.DateField(
        label="First day", hint="For example, 14 3 2016", missing="Enter the first day"
    )
    ends_on = forms.DateField(label="Last day", hint="Leave empty while nobody knows", required=False)
    is_account_owner = forms.ConfirmField(
        label="Account owner: confirms who still works for the agency when a cycle is issued", required=False
    )

    def offer_seats(self, board: Board, *, team: bool, today: date, group: Group | None = None) -> None:
        """Fill the lists of this board. ``group`` fixes the seat to one group."""
        self.offer("role", [("", "Choose a seat"), *role_choices(team=team, group=group is not None)])
        fill(self, "agency", by_name(board.agencies.exclude(successions_out__how="duplicate").distinct()))
        if group is not None:
            del self.fields["group"], self.fields["is_account_owner"]
        else:
            fill(self, "group", by_name(board.groups.filter(ends_on=None)))
        self.fields["starts_on"].initial = today
        self.fixed_group = group

    def seat(self) -> SeatDetails:
        """What was answered about the seat."""
        given = self.cleaned_data
        return SeatDetails(
            role=given["role"], agency=given["agency"], group=self.fixed_group or given.get("group"),
            starts_on=given["starts_on"], ends_on=given["ends_on"],
            is_account_owner=bool(given.get("is_account_owner")) and given["role"] in AGENCY_ROLES,
        )  # fmt: skip


class SeatForm(_SeatFields):
    """One seat."""

    def __init__(
        self, *args: Any, board: Board, team: bool, today: date, group: Group | None = None, **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.offer_seats(board, team=team, today=today, group=group)


class GroupMemberForm(SeatForm):
    """A seat in a group for somebody who is known."""

    person = Chosen(label="Who?", prompt="Choose a person", missing="Choose a person")
    field_order = ["person", "role", "agency", "starts_on", "ends_on"]

    def __init__(self, *args: Any, board: Board, **wanted: Any) -> None:
        super().__init__(*args, board=board, **wanted)
        people = Person.objects.of_flesh().filter(seats__board=board, joined_to=None, left_on=None).distinct()
        fill(self, "person", by_name(people))


class PersonFields(DoubtForm):
    """What is known about somebody."""

    full_name = forms.TextField(label="Full name", max_length=120, missing="Enter their full name")
    email = forms.EmailField(
        label="Email address", required=False,
        hint="Their own work address: they sign in with it. Without one they can be listed, but not sign in.",
    )  # fmt: skip
    job_title = forms.TextField(label="Job title", max_length=120, required=False)
    telephone = forms.PhoneField(label="Telephone", required=False)

    def person(self) -> PersonDetails:
        """What was answered about the person."""
        given = self.cleaned_data
        return PersonDetails(
            full_name=given["full_name"],
            email=given["email"],
            telephone=given["telephone"],
            job_title=given["job_title"],
        )


class NewPersonForm(PersonFields, _SeatFields):
    """Somebody new, with the seat by which the board knows them."""

    field_order = [
        "full_name",
        "email",
        "job_title",
        "telephone",
        "role",
        "agency",
        "group",
        "starts_on",
        "ends_on",
        "is_account_owner",
        "anyway",
    ]

    def __init__(
        self, *args: Any, board: Board, team: bool, today: date, group: Group | None = None, **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.offer_seats(board, team=team, today=today, group=group)


class EndForm(forms.Form):
    """The last day of something."""

    ends_on = forms.DateField(
        label="Last day",
        hint="They keep what the seat opens until the end of this day",
        missing="Enter the last day",
    )

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["ends_on"].initial = today


class LeaveForm(forms.Form):
    """Somebody's last day with the board."""

    left_on = forms.DateField(label="Last day", hint="For example, 31 3 2016", missing="Enter their last day")

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["left_on"].initial = today


class CoverForm(forms.Form):
    """Who acts in a seat while its holder is away."""

    person = Chosen(label="Who covers?", prompt="Choose a person", missing="Choose who covers")
    starts_on = forms.DateField(label="First day", missing="Enter the first day")
    ends_on = forms.DateField(label="Last day", missing="Enter the last day")

    def __init__(self, *args: Any, board: Board, seat: Seat, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        # A counterpart of the sister board may stand in as well: in a small team there may be nobody else.
        named = Counterpart.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), board=board)
        known = Q(seats__board=board) | Q(pk__in=named.values("person"))
        people = (
            Person.objects.of_flesh().filter(known, joined_to=None, left_on=None).exclude(pk=seat.person_id)
        )
        fill(self, "person", by_name(people.distinct()))
        self.fields["starts_on"].initial = today


class CounterpartForm(forms.Form):
    """The sister board's person who may be second."""

    email = forms.EmailField(
        label="Their email address",
        hint="The address they sign in to their own board with",
        missing="Enter their email address",
    )
    starts_on = forms.DateField(label="From", missing="Enter the first day")
    ends_on = forms.DateField(label="Until", hint="Leave empty while nobody knows", required=False)

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["starts_on"].initial = today

    def clean_email(self) -> Person:
        """The person with this address, who holds a team or chair's seat somewhere."""
        email = str(self.cleaned_data["email"]).lower()
        guarded = [*TEAM_ROLES, Role.INDEPENDENT_CHAIR]
        found = (
            Person.objects.of_flesh()
            .filter(email=email, joined_to=None, seats__role__in=guarded)
            .distinct()
            .first()
        )
        if found is None:
            raise ValidationError("Nobody on another board's team signs in with this address")
        return found


class JoinPersonForm(forms.Form):
    """Which entry is the same person."""

    other = Chosen(
        label="Which entry is the same person?", prompt="Choose a person", missing="Choose a person"
    )

    def __init__(self, *args: Any, board: Board, person: Person, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        people = (
            Person.objects.of_flesh()
            .filter(seats__board=board, joined_to=None)
            .exclude(pk=person.pk)
            .distinct()
        )
        fill(self, "other", by_name(people), lambda one: f"{one.full_name} ({one.email or 'no address'})")
