"""What people are asked about messages and letters."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import CharField, HiddenInput

from wholestory.correspondence import definitions
from wholestory.correspondence.models import Bounce, ByHand, Letter, Message, Status
from wholestory.correspondence.operations.letters import LetterText
from wholestory.correspondence.rules import identifying
from wholestory.govuk import forms

NO_DETAIL = "Say nothing that tells who a child is: the reference and the link are enough"


class MessageFilters(forms.FilterForm):
    """Search and selects above the list of messages."""

    q = forms.TextField(label="Reader, address, subject or reference", width=20)
    kind = forms.SelectField(label="Kind", prompt="All kinds")
    status = forms.SelectField(label="State", prompt="All states", choices=Status.choices)
    agency = forms.SelectField(label="Organisation", prompt="All organisations")

    lookups = {
        "q": (
            "to_name__icontains",
            "to_address__icontains",
            "subject__icontains",
            "record__reference__istartswith",
        ),
        "kind": "kind",
        "status": "status",
        "agency": "agency_id",
    }

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        forms.offer(self, "kind", [("", "All kinds"), *definitions.titles().items()])
        forms.offer(self, "agency", [("", "All organisations"), *agencies])

    def apply(self, rows: QuerySet[Message]) -> Any:
        """The messages that match; cancelled ones only when they are asked for."""
        found = super().apply(rows)
        return found if self.cleaned_data.get("status") else found.exclude(status=Status.CANCELLED)


class ChangeDraft(forms.Form):
    """A draft, to be read and changed before it goes."""

    to_address = forms.EmailField(
        label="E-mail address", required=False, hint="Leave it empty to send it by hand"
    )
    subject = forms.TextField(label="Subject", max_length=250, hint=NO_DETAIL)
    body = forms.LongTextField(
        label="Message", rows=16, hint="An empty line begins a paragraph, a hyphen a point of a list"
    )

    def clean_subject(self) -> str:
        """A subject that does not tell who it is about."""
        return _without_detail(str(self.cleaned_data["subject"]))

    def clean_body(self) -> str:
        """The same for the text."""
        return _without_detail(str(self.cleaned_data["body"]))


class SentByHand(forms.Form):
    """How somebody sent a message without the program."""

    how = forms.RadiosField(
        label="How was it sent?", choices=ByHand.choices, missing="Select how it was sent"
    )


class CameBack(forms.Form):
    """Why a message came back to the team's mailbox."""

    bounce = forms.RadiosField(
        label="Why did it come back?",
        choices=[(one.value, one.label) for one in Bounce if one is not Bounce.GIVEN_UP],
        missing="Select why it came back",
    )


class SendAgain(forms.Form):
    """Another address for what did not arrive."""

    to_address = forms.EmailField(label="Which address should it go to?", missing="Enter an e-mail address")


class LetterForm(forms.Form):
    """A letter for the chair to sign."""

    to_name = forms.TextField(label="Who is it to?", max_length=160)
    to_role = forms.TextField(label="Their role", max_length=160, required=False)
    to_postal = forms.LongTextField(label="Postal address", rows=5, required=False)
    to_address = forms.EmailField(label="E-mail address", required=False)
    subject = forms.TextField(label="Subject", max_length=250, hint=NO_DETAIL)
    body = forms.LongTextField(label="Letter", rows=20, hint="The signature is added when it is signed")
    wanted_by_on = forms.DateField(label="When should it be signed?", required=False)

    def clean_subject(self) -> str:
        """A subject that does not tell who it is about."""
        return _without_detail(str(self.cleaned_data["subject"]))

    def clean_body(self) -> str:
        """The same for the text."""
        return _without_detail(str(self.cleaned_data["body"]))

    def text(self) -> LetterText:
        """What was typed."""
        return LetterText(**{name: self.cleaned_data[name] or "" for name in LetterText.__dataclass_fields__})

    @classmethod
    def of(cls, letter: Letter) -> dict[str, Any]:
        """What the form shows at first for a letter that is there."""
        return {name: getattr(letter, name) for name in (*LetterText.__dataclass_fields__, "wanted_by_on")}


class Sign(forms.Form):
    """The signature. ``read`` is the fingerprint of the text that was on the page."""

    read = CharField(widget=HiddenInput)
    confirm = forms.ConfirmField(label="I have read this letter, and sign it")


class SendLetter(forms.Form):
    """How a signed letter goes."""

    by = forms.RadiosField(
        label="How does it go?",
        choices=[
            ("email", "By e-mail, from here"),
            ("post", "By post: print and post it, then tell us here"),
        ],
        missing="Select how it goes",
    )


def _without_detail(text: str) -> str:
    found = identifying.findings(text)
    if found:
        raise ValidationError([one.sentence for one in found])
    return text
