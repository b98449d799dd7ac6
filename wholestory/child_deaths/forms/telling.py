"""Entering a death that was told by telephone or on paper, or that came in a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.child_deaths.forms.clock import (
    ClockField,
    WhichClockField,
    at_clock,
    happened_twice,
    typed_in,
)
from wholestory.child_deaths.models import Channel, Panel
from wholestory.child_deaths.open_notification.forms import NotificationForm
from wholestory.govuk import forms
from wholestory.kernel.moments import Moment, NotAMoment, on_day

#: What a person may say of a message they enter for somebody.
WAYS = (
    (Channel.TELEPHONE.value, "By telephone"),
    (Channel.PAPER.value, "On paper, by letter or by email"),
)
TELLING = ("panel", "channel", "received_on", "received_time", "received_clock")


class TellingForm(NotificationForm):
    """The questions of the open page, and when the panel was first told."""

    panel = forms.SelectField(
        label="Which panel was told?", choices=(), missing="Choose the panel", prompt=None
    )
    channel = forms.RadiosField(
        label="How did it come?", choices=WAYS, inline=True, initial=Channel.TELEPHONE.value
    )
    received_on = forms.DateField(
        label="Date the panel was first told",
        hint="The day of the call or the day the paper came, not today if that was earlier",
        missing="Enter the date the panel was first told",
        subject="Date the panel was first told",
    )
    received_time = ClockField(
        label="Time the panel was first told (optional)", hint="For example, 22:30. Leave it empty if nobody knows.",
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, panels: Sequence[Panel], now: Moment, **wanted: Any) -> None:
        super().__init__(*args, today=now.on, **wanted)
        self.now, self.panels = now, list(panels)
        self.offer("panel", [(str(one.pk), one.name) for one in panels])
        field = self.fields["received_on"]
        if isinstance(field, forms.DateField):
            field.not_after = now.on
        self.fields["notifier_name"].label = "Name of whoever told"
        if self.is_bound and happened_twice(typed_in(self, "received_on"), typed_in(self, "received_time")):
            self.fields["received_clock"] = WhichClockField("Time the panel was first told")
        for name, label in (
            ("notifier_role", "What they do"),
            ("notifier_organisation", "Where they work, or how they know the child"),
            ("notifier_telephone", "Their telephone number"),
            ("notifier_email", "Their email address"),
        ):
            self.fields[name].label = label

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("received_on") and "received_time" in said:
            try:
                moment = self.received()
                if moment.timed and moment.at > self.now.at:
                    self.add_error("received_time", "The time must not be in the future")
            except NotAMoment as trouble:
                self.add_error("received_time", ValidationError(str(trouble)))
        return said

    @property
    def told_panel(self) -> Panel:
        """The panel that was told, once the form is valid."""
        return next(one for one in self.panels if str(one.pk) == self.cleaned_data["panel"])

    def received(self) -> Moment:
        """When the panel was first told. Raises NotAMoment for a time the clocks skipped."""
        day, clock = self.cleaned_data["received_on"], self.cleaned_data.get("received_time")
        if not clock:
            return on_day(day, time_unknown=True)
        return at_clock(day, clock, self.cleaned_data.get("received_clock") or "")


class FileForm(forms.Form):
    """A file of messages."""

    panel = forms.SelectField(
        label="Which panel was told?", choices=(), missing="Choose the panel", prompt=None
    )
    file = forms.FileField(
        label="The file",
        hint="CSV or JSON, with at most 200 messages. Nothing is kept before you have seen what was read.",
        missing="Choose a file",
        accept=".csv,.json",
    )

    def __init__(self, *args: Any, panels: Sequence[Panel], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("panel", [(str(one.pk), one.name) for one in panels])


class TakeFileForm(forms.Form):
    """What was read of it, seen and confirmed: the text comes along, so that nothing is kept in between."""

    panel = forms.SelectField(label="Panel", choices=(), prompt=None)
    name = forms.TextField(max_length=200, required=False)
    text = forms.LongTextField(label="Text", strip=False, max_length=200_000)

    def __init__(self, *args: Any, panels: Sequence[Panel], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("panel", [(str(one.pk), one.name) for one in panels])
