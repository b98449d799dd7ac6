"""Questions about deadlines, rules and working days."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.govuk import forms
from wholestory.kernel.bank_holidays import Effect, Nation
from wholestory.kernel.moments import Moment, NotAMoment, Precision, at_london, on_day
from wholestory.pathways.editions import edition
from wholestory.pathways.models import Finding
from wholestory.pathways.queries.rule_register import LABELS, RuleRow
from wholestory.pathways.register import clocks, rules
from wholestory.pathways.rules.pauses import Pause
from wholestory.pathways.rules.terms import Clock, Sense, Unit

_TIME = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$", re.IGNORECASE)


def duties() -> list[tuple[str, str]]:
    """The duties of the board that have rules, as choices."""
    return [(name, name) for name in sorted({rule.duty for rule in rules()})]


def _editions() -> list[tuple[str, str]]:
    names = dict.fromkeys(name for clock in clocks() for name in clock.editions)
    return [
        ("all", "All editions"),
        *((name, edition(name).title) for name in sorted(names, key=_edition_order)),
    ]


def _contains(words: str, *texts: str) -> bool:
    return all(any(word in text.lower() for text in texts) for word in words.lower().split())


class ClockFilter(forms.FilterForm):
    """Which clock?"""

    words = forms.TextField(
        label="Search", hint="Words from its name, for example review or return", width=20
    )
    duty = forms.SelectField(label="Duty", choices=duties, prompt="All duties")
    edition = forms.SelectField(label="Edition", choices=_editions, prompt=None)

    def apply(self, rows: Any) -> list[Any]:
        """The clocks that match."""
        wanted = self.cleaned_data
        return [
            row
            for row in rows
            if _contains(wanted["words"] or "", row.title, row.key, row.says)
            and (not wanted["duty"] or row.duty == wanted["duty"])
            and (wanted["edition"] in {"", "all"} or wanted["edition"] in row.editions.split(", "))
        ]


class RuleFilter(ClockFilter):
    """Which rules?"""

    status = forms.SelectField(label="Status", choices=list(LABELS.items()), prompt="Any status")
    kind = forms.SelectField(
        label="What it is",
        choices=[("clock", "A time limit"), ("threshold", "Another number")],
        prompt="Either",
    )

    def apply(self, rows: Any) -> list[RuleRow]:
        """The rules that match."""
        wanted = self.cleaned_data
        return [
            row
            for row in super().apply(rows)
            if (not wanted["status"] or row.status == wanted["status"])
            and (not wanted["kind"] or row.is_clock is (wanted["kind"] == "clock"))
        ]


def read_time(text: str) -> time:
    """A time of day as people type it: 14:30, 2.30pm, 9am. Raises ValidationError."""
    found = _TIME.match(text.strip())
    if found is not None:
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half or not found[2]:
            # 9 alone could be morning or evening, and 14pm is neither.
            hour = 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValidationError("Enter a time, like 14:30 or 2:30pm")


class WorkOutForm(forms.Form):
    """When a clock starts, and whether it was paused. Sent with GET, so that the answer has an address."""

    def __init__(self, data: Any, *, versions: tuple[Clock, ...], usual_edition: str) -> None:
        super().__init__(data)
        self.versions = versions
        names = [name for clock in versions for name in clock.editions]
        first = usual_edition if usual_edition in names else names[0]
        self.fields["edition"] = forms.SelectField(
            label="Edition of guidance",
            hint="The edition in force when the duty arose",
            choices=[(name, edition(name).title) for name in sorted(names, key=_edition_order)],
            initial=first,
            prompt=None,
        )
        self.clock = versions[0]
        for fact in self.clock.starts:
            words = fact.words[:1].upper() + fact.words[1:]
            self.fields[f"{fact.key}_on"] = forms.DateField(
                label=words,
                hint="For example, 14 3 2016",
                subject="Date",
                missing="Enter the date",
                required=len(self.clock.starts) == 1,
            )
            if self._by_the_hour:
                self.fields[f"{fact.key}_time"] = forms.TextField(
                    label="At what time?",
                    hint="For example, 14:30. Leave it empty when the time is not known: the end of that day is used.",
                    required=False,
                    width=10,
                )
                self.fields[f"{fact.key}_about"] = forms.ConfirmField(
                    label="This is an estimate", required=False
                )
        if self._may_pause:
            self.fields["paused_on"] = forms.DateField(
                label="Paused on", hint="Only when it was paused", subject="Paused on", required=False
            )
            self.fields["resumed_on"] = forms.DateField(
                label="Taken up again on",
                hint="Leave it empty while it is still paused",
                subject="Taken up again on",
                required=False,
            )

    @property
    def _by_the_hour(self) -> bool:
        return any(clock.limit.unit in {Unit.HOURS, Unit.AT_ONCE} for clock in self.versions)

    @property
    def _may_pause(self) -> bool:
        return all(
            clock.sense is Sense.BY and clock.limit.unit not in {Unit.DAY_OF_YEAR, Unit.AT_ONCE}
            for clock in self.versions
        )

    def clean(self) -> dict[str, Any]:
        """Adds ``starts`` (moments by start fact), ``pauses`` and ``version`` (the clock as the edition has it)."""
        answers = super().clean()
        starts: dict[str, Moment] = {}
        for fact in self.clock.starts:
            day = answers.get(f"{fact.key}_on")
            if day is not None:
                try:
                    moment = self._moment(day, answers.get(f"{fact.key}_time") or "")
                except (ValidationError, NotAMoment) as wrong:
                    self.add_error(
                        f"{fact.key}_time", wrong if isinstance(wrong, ValidationError) else str(wrong)
                    )
                    continue
                if answers.get(f"{fact.key}_about"):
                    moment = Moment(moment.at, moment.on, Precision.ABOUT, moment.note)
                starts[fact.key] = moment
        if not starts and not self.errors:
            self.add_error(f"{self.clock.starts[0].key}_on", "Enter at least one date")
        answers["starts"] = starts
        answers["pauses"] = self._pauses(answers.get("paused_on"), answers.get("resumed_on"))
        chosen = answers.get("edition")
        answers["version"] = next((clock for clock in self.versions if chosen in clock.editions), None)
        return answers

    @staticmethod
    def _moment(day: date, typed: str) -> Moment:
        return at_london(day, read_time(typed)) if typed.strip() else on_day(day)

    def _pauses(self, paused: date | None, resumed: date | None) -> list[Pause]:
        if paused is None:
            if resumed is not None:
                self.add_error("paused_on", "Enter the day on which it was paused")
            return []
        if resumed is not None and resumed < paused:
            self.add_error("resumed_on", "It cannot be taken up again before it was paused")
            return []
        return [Pause(on_day(paused), on_day(resumed) if resumed else None)]


def _edition_order(name: str) -> tuple[str, str]:
    found = edition(name).from_on
    return (found.isoformat() if found else "9999", name)


class MarkForm(forms.Form):
    """What somebody found when they looked at a rule."""

    finding = forms.RadiosField(
        label="What did you find?",
        choices=Finding.choices,
        hints={
            "checked": "You have the guidance in front of you and it says what this rule says",
            "local": "Your board has decided this for itself",
            "differs": "Say below what it says instead. The software has to be corrected",
            "taken_back": "An earlier mark was wrong",
        },
    )
    checked_on = forms.DateField(label="When did you look?", hint="For example, 14 3 2016", subject="Date")
    against = forms.TextField(
        label="What did you check it against?",
        hint="A link, or the document with its paragraph. Needed unless it is a local rule.",
        required=False,
        max_length=500,
    )
    note = forms.LongTextField(label="Note", required=False, max_words=200, rows=3)

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        field = self.fields["checked_on"]
        field.initial = today
        if isinstance(field, forms.DateField):
            field.not_after = today

    def clean(self) -> dict[str, Any]:
        """A check names its source, and a difference says what it is."""
        answers = super().clean()
        finding = answers.get("finding")
        if finding in {Finding.CHECKED, Finding.DIFFERS} and not answers.get("against"):
            self.add_error("against", "Enter the link or document you checked it against")
        if finding == Finding.DIFFERS and not answers.get("note"):
            self.add_error("note", "Enter what the guidance says instead")
        return answers


class ProclaimForm(forms.Form):
    """A day that differs from the published bank holidays."""

    day = forms.DateField(label="Which day?", hint="For example, 8 5 2023", subject="Day")
    effect = forms.RadiosField(
        label="What is it?",
        choices=[
            (Effect.CLOSED.value, "A bank holiday that is not on the list"),
            (Effect.OPEN.value, "A day on the list that is a working day after all"),
        ],
    )
    nations = forms.ManyChoicesField(
        label="Where?", choices=[(nation.value, nation.label) for nation in Nation], subject="where it holds"
    )
    name = forms.TextField(label="What is it called?", max_length=80, subject="its name")
    source = forms.TextField(
        label="Where was it announced?",
        hint="A link or a document, so that others can check it",
        max_length=300,
        subject="where it was announced",
    )


class CheckYearForm(forms.Form):
    """A year whose published list somebody has compared with ours."""

    year = forms.NumberField(label="Which year?", subject="a year")
    against = forms.TextField(
        label="Where is the list published?",
        hint="A link",
        max_length=300,
        subject="where the list is published",
    )


class YearForm(forms.FilterForm):
    """Which year to show."""

    year = forms.NumberField(label="Year", width=5, min_value=1995, max_value=2100)
