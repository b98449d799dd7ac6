"""Who came, seat by seat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.govuk import forms
from wholestory.meetings.forms.clock import ClockField
from wholestory.meetings.models import Attendance, Status
from wholestory.meetings.operations.attending import IN_A_SEAT, WITH_A_DEPUTY, SeatMark, Visitor
from wholestory.partners.models import Seat

VISITORS = 4
NOT_SAID = "Not recorded yet"
_STATUSES = [(one.value, one.label) for one in Status if one in IN_A_SEAT]


class AttendanceForm(forms.Form):
    """One block per seat, then observers and guests by name."""

    others = forms.RadiosField(
        label="Everybody not marked below",
        choices=[("", "Leave as not recorded"), ("present", "Was present")],
        required=False,
        small=True,
    )

    def __init__(
        self, *args: Any, seats: Sequence[Seat], recorded: Sequence[Attendance], **wanted: Any
    ) -> None:
        initial = _known(recorded) | {"others": ""}
        super().__init__(*args, initial=initial, **wanted)
        self.seats = list(seats)
        for seat in self.seats:
            who = seat.person.full_name
            self.fields[f"status_{seat.pk}"] = forms.SelectField(
                label="Attendance",
                choices=_STATUSES,
                prompt=NOT_SAID,
                required=False,
                subject=f"attendance of {who}",
            )
            self.fields[f"deputy_{seat.pk}"] = forms.TextField(
                label="Deputy", required=False, max_length=120, subject=f"deputy of {who}"
            )
            self.fields[f"left_{seat.pk}"] = ClockField(
                label="Left at", required=False, hint="", subject="time"
            )
            self.fields[f"more_{seat.pk}"] = forms.ManyChoicesField(
                label="Also",
                choices=[
                    ("may_decide", "Deputy may decide"),
                    ("online", "Joined online"),
                ],
                required=False,
                small=True,
            )
        for number in range(VISITORS):
            self.fields[f"visitor_{number}"] = forms.TextField(
                label=f"Observer or guest {number + 1}: name, and where from", required=False, max_length=120
            )
            self.fields[f"as_{number}"] = forms.RadiosField(
                label="They came as",
                choices=[(Status.OBSERVER.value, "An observer"), (Status.GUEST.value, "A guest")],
                required=False,
                small=True,
                inline=True,
            )

    @property
    def blocks(self) -> list[tuple[Seat, Any, Any, Any, Any]]:
        """Each seat with its questions."""
        return [
            (
                seat,
                self[f"status_{seat.pk}"],
                self[f"deputy_{seat.pk}"],
                self[f"left_{seat.pk}"],
                self[f"more_{seat.pk}"],
            )
            for seat in self.seats
        ]

    @property
    def visitor_rows(self) -> list[tuple[Any, Any]]:
        """Each observer's or guest's questions."""
        return [(self[f"visitor_{number}"], self[f"as_{number}"]) for number in range(VISITORS)]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for seat in self.seats:
            if said.get(f"status_{seat.pk}") in WITH_A_DEPUTY and not said.get(f"deputy_{seat.pk}"):
                self.add_error(f"deputy_{seat.pk}", f"Enter who came instead of {seat.person.full_name}")
        return said

    def marks(self) -> list[SeatMark]:
        """What was said of each seat."""
        said, rest = self.cleaned_data, self.cleaned_data.get("others") or ""
        return [
            SeatMark(
                seat,
                said[f"status_{seat.pk}"] or rest,
                said[f"deputy_{seat.pk}"] or "",
                "may_decide" in said[f"more_{seat.pk}"],
                "online" in said[f"more_{seat.pk}"],
                said[f"left_{seat.pk}"],
            )
            for seat in self.seats
        ]

    def visitors(self) -> list[Visitor]:
        """The observers and guests who were named."""
        said = self.cleaned_data
        return [
            Visitor(said[f"visitor_{number}"], said[f"as_{number}"] or Status.GUEST)
            for number in range(VISITORS)
            if said[f"visitor_{number}"]
        ]


def _known(recorded: Sequence[Attendance]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    visitors = [row for row in recorded if row.seat_id is None]
    for row in recorded:
        if row.seat_id is None:
            continue
        known[f"status_{row.seat_id}"] = row.status
        known[f"deputy_{row.seat_id}"] = row.deputy_name
        known[f"left_{row.seat_id}"] = row.left_time
        known[f"more_{row.seat_id}"] = [
            name for name, so in (("may_decide", row.deputy_may_decide), ("online", row.online)) if so
        ]
    for number, row in enumerate(visitors[:VISITORS]):
        known[f"visitor_{number}"], known[f"as_{number}"] = row.name, row.status
    return known
