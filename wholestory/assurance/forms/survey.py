"""Questions about a survey, and the survey's own."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms as django_forms

from wholestory.assurance.definitions.surveys import AGREEMENT
from wholestory.assurance.operations.survey import MOST_OWN
from wholestory.assurance.queries.survey import OTHER
from wholestory.assurance.rules.survey import LEAST_MINIMUM, USUAL_MINIMUM
from wholestory.correspondence.rules import identifying
from wholestory.govuk import forms

LONGEST_REMARK = 1_000


class PrepareForm(forms.Form):
    """How long it runs, and how small a group may be shown."""

    last_day_on = forms.DateField(
        label="Last day", hint="The page takes no reply after this day", missing="Enter the last day"
    )
    minimum = forms.NumberField(
        label="The smallest group whose answers are shown",
        hint=f"{USUAL_MINIMUM} people is usual. It cannot be fewer than {LEAST_MINIMUM}.",
        missing="Enter how many people",
        min_value=LEAST_MINIMUM,
        max_value=1_000,
        initial=USUAL_MINIMUM,
    )

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.today = today

    def clean_last_day_on(self) -> date:
        """Raises ValidationError for a day gone by."""
        day: date = self.cleaned_data["last_day_on"]
        if day < self.today:
            raise django_forms.ValidationError("The last day must be today or later")
        return day


class WordingForm(PrepareForm):
    """Which statements are asked, and the board's own."""

    on = forms.ManyChoicesField(
        label="Which statements do you ask?",
        hint="People need about ten seconds for each.",
        choices=(),
        required=False,
        small=True,
    )
    field_order = ["on"]

    def __init__(
        self,
        *args: Any,
        statements: Sequence[dict[str, Any]],
        items: Sequence[tuple[str, str]],
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        shipped = [one for one in statements if not one["own"]]
        own = [one for one in statements if one["own"]]
        self.offer("on", [(one["key"], one["text"]) for one in shipped])
        self.fields["on"].initial = [one["key"] for one in shipped if one["on"]]
        for n in range(1, MOST_OWN + 1):
            before = own[n - 1] if n <= len(own) else {"text": "", "items": []}
            self.fields[f"own_{n}"] = forms.TextField(
                label=f"A statement of your own (optional, {n} of {MOST_OWN})",
                hint="One sentence about the person who answers: I know, I can, we do" if n == 1 else "",
                required=False,
                max_length=200,
                initial=before["text"],
            )
            self.fields[f"item_{n}"] = forms.SelectField(
                label=f"Which line of the self-assessment does your statement {n} go with?",
                choices=list(items),
                prompt="None",
                required=False,
                initial=(before["items"] or [""])[0],
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not self.errors and not answers.get("on") and not self.own():
            self.add_error("on", "Keep at least one statement, or write one of your own")
        return answers

    def own(self) -> list[tuple[str, str]]:
        """The board's own statements: text and item."""
        said = self.cleaned_data
        pairs = [(said.get(f"own_{n}") or "", said.get(f"item_{n}") or "") for n in range(1, MOST_OWN + 1)]
        return [(text, item) for text, item in pairs if text.strip()]


_FULL_DATE = re.compile(r"\b\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)?\d{2}\b")
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}\b")


def what_tells(text: str) -> list[str]:
    """What in a remark could tell whom it is about, each as a sentence: numbers, dates of birth, postcodes, relatives.

    What e-mails are refused for, and also whole dates and postcodes in small letters: people type on their phones.
    """
    found = {finding.words: finding.what for finding in identifying.findings(text)}
    for what, shape in (("a date of birth", _FULL_DATE), ("a full postcode", _POSTCODE)):
        for match in shape.finditer(text):
            found.setdefault(match.group().strip(), what)
    return [f"Take out “{words}”: it looks like {what}" for words, what in found.items()]


class ReplyForm(forms.Form):
    """The survey as staff and volunteers see it."""

    label_size = "m"

    key = django_forms.UUIDField(widget=django_forms.HiddenInput, required=False)
    agency = forms.SelectField(
        label="Which organisation do you work or volunteer for?",
        choices=(),
        missing="Choose your organisation",
    )
    staff_group = forms.RadiosField(
        label="Which is closest to what you do?", choices=(), missing="Choose what is closest to what you do"
    )

    def __init__(self, *args: Any, published: dict[str, Any], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["key"].initial = uuid.uuid4()
        agencies = [(key, name) for key, name in published["agencies"]]
        self.offer("agency", [("", "Select"), *agencies, (OTHER, "Another organisation")])
        self.offer("staff_group", [(key, label) for key, label in published["groups"]])
        self.statements = [key for key, _ in published["statements"]]
        for key, text in published["statements"]:
            self.fields[f"s_{key}"] = forms.RadiosField(
                label=text, choices=list(AGREEMENT.items()), required=False, small=True, label_size="s"
            )
        self.fields["remark"] = forms.LongTextField(
            label="Is there anything else you would like to say? (optional)",
            hint="Name no child and no colleague. Only the team of the safeguarding board reads this, apart from"
            " your other answers. It is not a way to report a worry about a child.",
            subject="What you wrote",
            required=False,
            max_length=LONGEST_REMARK,
            rows=4,
        )

    def clean_remark(self) -> str:
        """Raises ValidationError with what has to be taken out."""
        text: str = self.cleaned_data["remark"]
        if told := what_tells(text):
            raise django_forms.ValidationError(told)
        return text

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not self.errors and not self.answers():
            self.add_error(f"s_{self.statements[0]}", "Answer at least one statement")
        return answers

    def answers(self) -> dict[str, str]:
        """The statements that were answered."""
        given = {key: self.cleaned_data.get(f"s_{key}") or "" for key in self.statements}
        return {key: answer for key, answer in given.items() if answer}
