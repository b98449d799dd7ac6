"""Forms: blank, filled in, and sent back with errors."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict

from wholestory.govuk import forms
from wholestory.govuk.gallery.content import TODAY
from wholestory.govuk.parts import Link

SECTORS = [
    ("police", "Police"),
    ("health", "Health"),
    ("school", "School or college"),
    ("charity", "Charity"),
]


class EveryField(forms.Form):
    """One field of each kind."""

    full_name = forms.TextField(label="Full name", autocomplete="name", spellcheck=False, width="two-thirds")
    email = forms.EmailField(label="Email address", hint="We only use it to write to you about this return")
    phone = forms.PhoneField(label="Telephone number", required=False)
    staff = forms.NumberField(
        label="How many staff work with children?",
        hint="A rough number will do",
        suffix="people",
        missing="Enter how many",
    )
    cost = forms.DecimalField(label="What did the training cost?", prefix="£", subject="Cost", required=False)
    answer = forms.LongTextField(
        label="How do you know that this is done?",
        hint="Do not name a child here. Links to documents are welcome.",
        max_words=50,
        missing="Say how you know",
    )
    note = forms.LongTextField(label="Anything else?", required=False, rows=3)
    score = forms.RadiosField(
        label="How well does your organisation meet this standard?",
        hint="2 or 3 counts as meeting it",
        choices=[
            ("3", "3: fully"),
            ("2", "2: mostly"),
            ("1", "1: partly"),
            ("0", "0: not yet"),
            ("na", "Not applicable"),
        ],
        hints={"3": "It happens everywhere and you can show it", "1": "It happens in some places"},
        reveals={"na": "why_not_applicable"},
        missing="Select how well the standard is met",
    )
    why_not_applicable = forms.LongTextField(
        label="Why does it not apply?", rows=2, missing="Say why it does not apply"
    )
    trained = forms.YesNoField(label="Has everyone been trained in the last three years?")
    evidence = forms.ManyChoicesField(
        label="What can you show?",
        hint="Select all that apply",
        choices=[
            ("policy", "A policy"),
            ("minutes", "Minutes of a meeting"),
            ("survey", "A survey"),
            ("none", "None of these"),
        ],
        hints={"survey": "Of staff, parents or children"},
        exclusive=["none"],
        missing="Select what you can show, or “None of these”",
    )
    sector = forms.SelectField(label="Sector", choices=SECTORS)
    reviewed_on = forms.DateField(
        label="When was the policy last reviewed?",
        hint="For example, 27 3 2015",
        subject="The date of the review",
        missing="Enter when the policy was last reviewed",
        not_after=TODAY,
    )
    began = forms.PartialDateField(
        label="When did this begin?",
        hint="A month or a year is enough",
        may_be_approximate=True,
        required=False,
    )
    file = forms.FileField(
        label="Upload the policy", hint="PDF or Word, up to 20 MB", accept=".pdf,.docx", required=False
    )
    password = forms.PasswordField(label="Password", width=20)
    code = forms.CodeField(label="Security code", hint="The 6 numbers we sent to your email address")
    declared = forms.ConfirmField(
        label="I am allowed to answer for my organisation, and this is true as far as I know"
    )


class OneQuestion(forms.Form):
    """A question that is the page's own heading."""

    happened_on = forms.DateField(
        label="When did the panel meet?",
        hint="For example, 27 3 2016",
        page_heading=True,
        missing="Enter the date",
    )


class Reason(forms.Form):
    """Why something is done."""

    reason = forms.LongTextField(label="Why?", hint="The agency will read this", rows=3, missing="Say why")


GOOD = (
    "full_name=Tamsin+Ferrier&email=t.ferrier%40example.org&phone=01632+960001&staff=41&cost=1250.50&score=na"
    "&why_not_applicable=We+have+no+volunteers.&trained=yes&evidence=policy&evidence=survey&sector=school"
    "&answer=Every+leader+signs+the+policy+in+September.&reviewed_on-day=3&reviewed_on-month=9&reviewed_on-year=2015"
    "&began-year=2012&began-approximate=on&declared=on&note=Two%0D%0Alines"
)
BAD = (
    "full_name=&email=t.ferrier&phone=none&staff=about+forty&cost=lots&answer=" + "word+" * 55 + "&score=na"
    "&evidence=policy&evidence=none&reviewed_on-day=31&reviewed_on-month=2&reviewed_on-year=2015"
    "&began-day=4&began-year=2012&began-unknown=on"
)


def blank(request: HttpRequest) -> dict[str, Any]:
    """Nothing typed yet."""
    return {"form": EveryField()}


def given(request: HttpRequest) -> dict[str, Any]:
    """Everything filled in, from what is stored."""
    typed = QueryDict(GOOD)
    initial: dict[str, Any] = {
        name: typed.getlist(name) if name == "evidence" else typed.get(name) for name in typed
    }
    initial.update(reviewed_on=date(2015, 9, 3), began="2012~", trained=True, declared=True)
    return {"form": EveryField(initial=initial)}


def wrong(request: HttpRequest) -> dict[str, Any]:
    """Sent, and sent back."""
    return {"form": EveryField(QueryDict(BAD))}


def question(request: HttpRequest) -> dict[str, Any]:
    """One question on a page, missing its year."""
    return {"form": OneQuestion(QueryDict("happened_on-day=4&happened_on-month=3&happened_on-year="))}


def confirm(request: HttpRequest) -> dict[str, Any]:
    """Before something that cannot be taken back lightly."""
    return {
        "question": "Return Hollow Lane Academy’s self-assessment with a query?",
        "consequences": [
            "their answers open again for change",
            "the signature is no longer valid and they will be asked to sign again",
            Link("the person who signed is told today", "#message"),
        ],
        "warning": "The due date does not move.",
        "form": Reason(),
        "confirm_label": "Return with a query",
        "cancel_url": "#cancel",
        "danger": True,
        "back_url": "/ui-components",
    }
