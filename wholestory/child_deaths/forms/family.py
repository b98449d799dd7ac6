"""What the pages of a family's record ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wholestory.child_deaths.forms.recorded import FactsForm
from wholestory.child_deaths.models import (
    Carer,
    FamilyContact,
    FamilyDate,
    FamilyQuestion,
    FamilyRequest,
    QuietDay,
    Relative,
)
from wholestory.child_deaths.models.family import YES_NO_UNKNOWN
from wholestory.govuk import forms

#: What is written, in the order of the review.
LETTERS = ("first_letter", "before_meeting", "after_meeting", "before_panel", "after_panel", "other")


def people(carers: Sequence[Carer]) -> list[tuple[str, str]]:
    """The family's people to choose from."""
    return [(str(one.pk), f"{one.name}{f', {one.relation}' if one.relation else ''}") for one in carers]


class KeyWorkerForm(forms.Form):
    name = forms.TextField(label="Name", missing="Enter the name", max_length=120)
    organisation = forms.TextField(label="Organisation (optional)", required=False, max_length=160)
    telephone = forms.PhoneField(label="Telephone (optional)", required=False, max_length=40)
    email = forms.EmailField(
        label="E-mail address (optional)", required=False,
        hint="With it they can sign in and see the family’s record, and nothing else",
    )  # fmt: skip


class NoKeyWorkerForm(forms.Form):
    because = forms.LongTextField(
        label="Why is there no key worker?", missing="Say why", rows=3, max_length=300
    )


class CarerForm(forms.Form):
    """One of the family, each with wishes of their own."""

    name = forms.TextField(label="Name", missing="Enter the name", max_length=160)
    relation = forms.TextField(label="Who they are to the child (optional)", required=False, max_length=60)
    language = forms.TextField(label="Language, if not English (optional)", required=False, max_length=60)
    interpreter = forms.YesNoField(label="Is an interpreter needed?", required=False)
    format = forms.RadiosField(
        label="How should letters be made?", choices=Carer.Format.choices, missing="Choose one"
    )
    by = forms.RadiosField(
        label="How do they prefer to be reached?", choices=Carer.By.choices, missing="Choose one"
    )
    postal = forms.LongTextField(label="Postal address (optional)", rows=4, required=False, max_length=500)
    email = forms.EmailField(label="E-mail address (optional)", required=False)
    telephone = forms.PhoneField(label="Telephone (optional)", required=False, max_length=40)
    wishes_no_contact = forms.YesNoField(label="Have they asked not to be contacted?", required=False)
    wish_words = forms.TextField(
        label="Their wishes, in their words (optional)", required=False, max_length=300
    )
    is_child = forms.YesNoField(label="Are they a child?", required=False)
    has_died = forms.YesNoField(label="Have they died?", required=False)

    def __init__(self, *args: Any, relatives: Sequence[Relative] = (), **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        if relatives:
            self.fields["relative"] = forms.SelectField(
                label="Which relative of the case is it?", required=False, prompt="Somebody not yet in the case",
                choices=[(str(one.pk), f"{one.relation.capitalize()}: {one.name}") for one in relatives],
            )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """The answers as the record keeps them."""
        found = dict(self.cleaned_data)
        for key in ("interpreter", "wishes_no_contact", "is_child", "has_died"):
            found[key] = bool(found[key])
        return found


class SupportForm(forms.Form):
    child_called = forms.TextField(
        label="What does the family call the child?", required=False, max_length=120
    )
    support_offered = forms.RadiosField(
        label="Was bereavement support offered?", choices=YES_NO_UNKNOWN, missing="Say whether it was offered"
    )
    support = forms.LongTextField(label="What support? (optional)", rows=3, required=False, max_length=4000)
    siblings_support = forms.LongTextField(
        label="Support for brothers and sisters, and school (optional)",
        rows=3,
        required=False,
        max_length=4000,
    )
    memories = forms.LongTextField(
        label="What helps them remember (optional)", rows=3, required=False, max_length=4000
    )
    views = forms.LongTextField(
        label="What the family says of the care the child had (optional)",
        rows=4,
        required=False,
        max_length=4000,
    )


class _WithPeople(FactsForm):
    def __init__(self, *args: Any, carers: Sequence[Carer], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        if "carer" in self.fields:
            self.offer("carer", [("", "The family"), *people(carers)])


class ContactForm(_WithPeople):
    kind = forms.SelectField(
        label="What was it?", choices=FamilyContact.Kind.choices, missing="Say what it was"
    )
    carer = forms.SelectField(label="With whom?", choices=(), required=False, prompt=None)
    words = forms.LongTextField(
        label="What was said or given (optional)", rows=4, required=False, max_length=4000
    )
    language = forms.TextField(label="Language, if not English (optional)", required=False, max_length=60)
    format = forms.SelectField(
        label="Format (optional)", choices=Carer.Format.choices, required=False, prompt="Not said"
    )

    def __init__(self, *args: Any, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.ask_moment("at", "When?", required=True)


class LetterForm(forms.Form):
    subject = forms.TextField(label="Subject", missing="Write a subject", max_length=200)
    body = forms.LongTextField(label="Letter", missing="Write the letter", rows=16, max_length=10_000)
    carer = None

    def beside(self, refused: Any) -> None:
        """A refusal stands above the form: no answer on the page can put it right."""
        self.add_error(None, str(refused))


class QuestionForm(_WithPeople):
    text = forms.LongTextField(
        label="What do they ask, in their words?",
        missing="Write the question",
        rows=4,
        max_length=4000,
    )
    carer = forms.SelectField(label="Who asks?", choices=(), required=False, prompt=None)
    asked_on = forms.DateField(label="When did they ask?", missing="Enter the day")


class RouteForm(forms.Form):
    to = forms.RadiosField(label="Who can answer it?", choices=FamilyQuestion.To.choices, missing="Say who")
    words = forms.TextField(label="Who there? (optional)", required=False, max_length=200)
    on = forms.DateField(label="When was it passed on?", missing="Enter the day")


class AnswerForm(_WithPeople):
    carer = forms.SelectField(label="Who was told?", choices=(), required=False, prompt=None)
    text = forms.LongTextField(
        label="What were they told?", missing="Write the answer", rows=4, max_length=4000
    )
    answered_by = forms.TextField(label="Whose answer is it? (optional)", required=False, max_length=160)
    answered_on = forms.DateField(label="When was it answered?", missing="Enter the day")
    fed_back_on = forms.DateField(label="When were they told?", missing="Enter the day they were told")
    how = forms.RadiosField(label="How were they told?", choices=Carer.By.choices, missing="Say how")


class NoAnswerForm(forms.Form):
    because = forms.LongTextField(label="Why is there no answer?", missing="Say why", rows=3, max_length=1000)


class QuietForm(forms.Form):
    kind = forms.RadiosField(label="Which day is it?", choices=QuietDay.KINDS, missing="Say which day it is")
    on = forms.DateField(label="The day", missing="Enter the day")
    words = forms.TextField(label="More about it (optional)", required=False, max_length=160)


class DateForm(forms.Form):
    what = forms.RadiosField(
        label="Which meeting?", choices=FamilyDate.What.choices, missing="Say which meeting"
    )
    on = forms.DateField(label="When is it?", missing="Enter the day")


class RequestForm(_WithPeople):
    kind = forms.RadiosField(
        label="What is it?", choices=FamilyRequest.Kind.choices, missing="Say what it is"
    )
    carer = forms.SelectField(label="From whom?", choices=(), required=False, prompt=None)
    text = forms.LongTextField(
        label="What do they ask or say?", missing="Write what they ask or say", rows=4, max_length=4000
    )
    received_on = forms.DateField(label="When did it come?", missing="Enter the day")


class SettleForm(forms.Form):
    outcome = forms.LongTextField(
        label="What became of it?", missing="Say what became of it", rows=4, max_length=4000
    )
    advice = forms.LongTextField(
        label="Whose advice was taken? (optional)", rows=2, required=False, max_length=4000
    )
    on = forms.DateField(label="When were they answered?", missing="Enter the day")


def today_first(form: forms.Form, today: date, *names: str) -> None:
    """Put today in the date boxes of a form that was not sent yet."""
    for name in names:
        form.fields[name].initial = today
