"""What an agency is asked about a piece of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from wholestory.assurance.models import EvidenceKind
from wholestory.assurance.operations.evidence_list import Said
from wholestory.documents.forms import MARKING_HINTS, WithReason, limit_dates
from wholestory.documents.models import Marking
from wholestory.documents.rules.content import ACCEPT, IN_WORDS, MOST_BYTES
from wholestory.govuk import forms
from wholestory.partners.models import Person

NO_CHILD = "Policies, reports and figures, yes. Records about a child, no."
STATES = (
    ("stale", "Something to look at"),
    ("undated", "No date"),
    ("unused", "Not used in any return"),
    ("retired", "Taken out of the list"),
)


class EvidenceFilter(forms.FilterForm):
    """Narrowing the list; the page applies it, because what speaks against a piece is worked out."""

    q = forms.TextField(label="Search")
    kind = forms.SelectField(label="Kind", choices=EvidenceKind.choices, prompt="All")
    state = forms.SelectField(label="Show", choices=list(STATES), prompt="All in the list")

    def apply(self, rows: Any) -> Any:
        """Rows are lines of the list."""
        said = self.cleaned_data
        text, kind, state = str(said.get("q") or "").casefold(), said.get("kind"), said.get("state")
        kept = [row for row in rows if row.retired == (state == "retired")]
        if text:
            kept = [row for row in kept if text in f"{row.title} {row.words} {row.owner}".casefold()]
        if kind:
            kept = [row for row in kept if row.kind == EvidenceKind(kind).label]
        wanted = {
            "stale": lambda row: bool(row.flags),
            "undated": lambda row: row.document_on is None,
            "unused": lambda row: not row.used,
        }.get(str(state or ""))
        return [row for row in kept if wanted(row)] if wanted else kept


class _Described(WithReason):
    """What is asked of every kind."""

    title = forms.TextField(label="What is it?", hint="For example, safeguarding policy", max_length=160)
    words = forms.LongTextField(
        label="What does it show?",
        hint="In your words. For something seen on site: what was seen, where and when. Name no child.",
        required=False,
        rows=3,
        max_length=4000,
    )
    document_on = forms.DateField(
        label="Date on the document", hint="For something seen: the day", required=False
    )
    review_on = forms.DateField(label="To be reviewed on", required=False)
    expires_on = forms.DateField(label="Expires on", hint="Only if it says so itself", required=False)
    owner = forms.SelectField(label="Who looks after it?", required=False)
    owner_post = forms.TextField(
        label="Or the post that looks after it",
        hint="For example, designated safeguarding lead. A post stays when people leave.",
        required=False,
        max_length=120,
    )
    marking = forms.RadiosField(
        label="How sensitive is it?",
        choices=Marking.choices,
        hints=MARKING_HINTS,
        initial=Marking.OFFICIAL.value,
    )

    def __init__(self, *args: Any, people: Iterable[Person], today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self._people = {str(person.id): person for person in people}
        named = [(key, person.full_name) for key, person in self._people.items()]
        self.offer("owner", [("", "Nobody named"), *named])
        limit_dates(self, today)

    def clean(self) -> dict[str, Any]:
        """A person or a post, not both."""
        said = super().clean()
        if said.get("owner") and said.get("owner_post"):
            self.add_error("owner_post", "Choose a person or give a post, not both")
        return said

    def said(self, kind: EvidenceKind) -> Said:
        """What was said, as the operations take it."""
        given = self.cleaned_data
        return Said(
            kind, given["title"].strip(), str(given.get("link") or "").strip(), str(given["words"] or "").strip(),
            given["document_on"], given["review_on"], given["expires_on"],
            self._people.get(str(given["owner"] or "")), given["owner_post"] or "", Marking(given["marking"]), self.why,
        )  # fmt: skip


def _link() -> forms.TextField:
    return forms.TextField(
        label="The address",
        hint="A page that whoever reads your return can open. Give the file itself if it is on your own network.",
        required=False,
        max_length=500,
    )


class AddEvidence(_Described):
    """A new piece of any kind."""

    field_order = ("kind", "upload", "link", "title")
    kind = forms.RadiosField(
        label="How can it be shown?",
        choices=EvidenceKind.choices,
        hints={
            EvidenceKind.FILE.value: NO_CHILD,
            EvidenceKind.WORDS.value: "Where there is no document: how it is done, in a few sentences",
            EvidenceKind.SEEN.value: "What a visitor can see or saw at your place",
        },
        reveals={EvidenceKind.FILE.value: "upload", EvidenceKind.LINK.value: "link"},
        missing="Select how it can be shown",
    )
    upload = forms.FileField(
        label="The file",
        hint=f"{IN_WORDS}. Smaller than {MOST_BYTES // (1024 * 1024)} MB",
        accept=ACCEPT,
        required=False,
    )
    link = _link()

    def clean(self) -> dict[str, Any]:
        """Each kind has what makes it one."""
        said = super().clean()
        needs = {
            EvidenceKind.FILE.value: ("upload", "Choose a file"),
            EvidenceKind.LINK.value: ("link", "Enter the address"),
            EvidenceKind.WORDS.value: ("words", "Say what it shows"),
            EvidenceKind.SEEN.value: ("words", "Say what was seen"),
        }
        field, message = needs.get(str(said.get("kind") or ""), ("", ""))
        if field and not said.get(field) and field not in self.errors:
            self.add_error(field, message)
        return said


class ChangeEvidence(_Described):
    """What is said of a piece that is there; a link's address too."""

    field_order = ("title", "link")
    link = _link()

    def __init__(self, *args: Any, kind: EvidenceKind, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self._kind = kind
        if kind != EvidenceKind.LINK:
            del self.fields["link"]

    def clean(self) -> dict[str, Any]:
        """What makes it of its kind stays."""
        said = super().clean()
        if self._kind == EvidenceKind.LINK and not said.get("link"):
            self.add_error("link", "Enter the address")
        if self._kind in (EvidenceKind.WORDS, EvidenceKind.SEEN) and not said.get("words"):
            self.add_error("words", "Say what it shows")
        return said


class NewVersion(WithReason):
    """A later file."""

    upload = forms.FileField(
        label="The new version", hint=f"{IN_WORDS}. The earlier version stays.", accept=ACCEPT
    )
    document_on = forms.DateField(label="Date on the document", required=False)
    review_on = forms.DateField(label="To be reviewed on", required=False)
