"""What people are asked about files and links."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from wholestory.documents.models import Marking, RemovedBecause
from wholestory.documents.operations import Description, LooksLikeAChild
from wholestory.documents.rules.content import ACCEPT, IN_WORDS, MOST_AT_ONCE, MOST_BYTES
from wholestory.govuk import forms

MARKING_HINTS = {
    Marking.OFFICIAL.value: "Nothing in it would hurt anybody if it were seen by the wrong person",
    Marking.OFFICIAL_SENSITIVE.value: "It names people, or is about how an organisation keeps children safe",
}


WHY = "not_about_a_child"


def why_field(*, of_a_file: bool = True) -> forms.LongTextField:
    """Why something that looks like a record about a child is none."""
    again = " You have to choose the file again." if of_a_file else ""
    return forms.LongTextField(
        label="If it is not about a child: why not?",
        hint=f"In a sentence. It is kept with it, and everybody who can see it can read the reason.{again}",
        required=False,
        rows=2,
        max_length=500,
    )


def _marking() -> forms.RadiosField:
    return forms.RadiosField(
        label="How sensitive is it?",
        choices=Marking.choices,
        hints=MARKING_HINTS,
        initial=Marking.OFFICIAL_SENSITIVE.value,
        missing="Select how sensitive it is",
    )


class WithReason(forms.Form):
    """A form that can ask why a file is not about a child, once one looks like a record about a child."""

    found: tuple[LooksLikeAChild, ...] = ()

    def ask_why(self, *found: LooksLikeAChild, field: str) -> None:
        """Say beside ``field`` what was found, and ask for the reason. What was typed stays."""
        self.found = (*self.found, *found)
        self.fields[WHY] = why_field(of_a_file=not any(one.field for one in found))
        for one in found:
            self.add_error(field, str(one))

    @property
    def why(self) -> str:
        """The reason that came with the file, if any."""
        return str(self.data.get(WHY, "")).strip()


class AddFiles(WithReason):
    """One or several files with the same marking and date."""

    uploads = forms.FilesField(
        label="Choose files",
        hint=f"{IN_WORDS}. Up to {MOST_AT_ONCE} files at a time, each smaller than {MOST_BYTES // (1024 * 1024)} MB",
        accept=ACCEPT,
        missing="Choose at least one file",
    )
    marking = _marking()
    document_on = forms.DateField(
        label="Date on the document",
        hint="Leave it empty when there is none. For example, 27 1 2016",
        required=False,
    )

    def clean_uploads(self) -> list[Any]:
        """The files, when there are not too many of them."""
        chosen: list[Any] = self.cleaned_data["uploads"]
        if len(chosen) > MOST_AT_ONCE:
            raise ValidationError(f"Choose {MOST_AT_ONCE} files or fewer at a time. You chose {len(chosen)}")
        return chosen

    def described(self) -> Description:
        """What was said about each of them."""
        return Description(Marking(self.cleaned_data["marking"]), self.cleaned_data["document_on"])


class AddVersion(WithReason):
    """One file in place of another."""

    file = forms.FileField(
        label="Choose the new version",
        hint=f"{IN_WORDS}. Smaller than {MOST_BYTES // (1024 * 1024)} MB. The earlier version stays.",
        accept=ACCEPT,
        missing="Choose a file",
    )
    marking = _marking()
    document_on = forms.DateField(label="Date on the document", required=False)

    def described(self) -> Description:
        """What was said about it."""
        return Description(Marking(self.cleaned_data["marking"]), self.cleaned_data["document_on"])


class Describe(forms.Form):
    """What is said about a file that is there already."""

    marking = _marking()
    document_on = forms.DateField(label="Date on the document", required=False)
    review_on = forms.DateField(
        label="Look at it again on", hint="For example, when the policy is due for renewal", required=False
    )


class AddLink(forms.Form):
    """Evidence that stays where it is."""

    url = forms.TextField(
        label="Web address", hint="For example, https://www.example.org/policy", max_length=500
    )
    label = forms.TextField(
        label="What is it?", hint="For example, our safer recruitment policy", max_length=160
    )

    def clean_url(self) -> str:
        """A web address; without http a person most likely left it out."""
        typed = str(self.cleaned_data["url"]).strip()
        if "://" not in typed:
            typed = f"https://{typed}"
        parts = urlsplit(typed)
        if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "") or " " in typed:
            raise ValidationError("Enter a web address, like https://www.example.org/policy")
        if parts.username or parts.password:
            raise ValidationError("Take the user name and password out of the web address")
        return typed


class Remove(forms.Form):
    """Why a file goes."""

    because = forms.RadiosField(
        label="Why do you remove it?", choices=RemovedBecause.choices, missing="Select why you remove it"
    )


def limit_dates(form: forms.Form, today: date) -> None:
    """A document is not dated in the future."""
    field = form.fields["document_on"]
    if not isinstance(field, forms.DateField):
        raise TypeError("document_on is no date")
    field.not_after = today
