"""Questions the self-audit pages ask."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from wholestory.assurance.definitions import is_own
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.forms.minutes import minutes_field
from wholestory.assurance.forms.round_days import check_days
from wholestory.assurance.forms.rules import RulesForm
from wholestory.assurance.models import Stage
from wholestory.assurance.operations.chasing import HOW
from wholestory.assurance.rules.reminders import Rung
from wholestory.assurance.status import stage_label
from wholestory.govuk import forms
from wholestory.partners.models import Sector
from wholestory.pathways import editions

#: What a moderator may write about one line, in characters: some six hundred words.
LONGEST_REASON = 4_000


def _plain(title: str) -> str:
    """A title as a reader would tell it from another."""
    return " ".join(title.split()).casefold()


def _edition_words(key: str, boards_own: str) -> str:
    """Which guidance a set of questions follows."""
    if not key:
        return "Fits any guidance."
    return editions.edition(key).title + (", which your board works to" if key == boards_own else "")


def _which(framework: Framework, boards_own: str) -> str:
    """What an officer chooses by: the board's own tool, or the guidance that the questions follow."""
    if is_own(framework.key):
        follows = f" For {editions.edition(framework.edition).title}." if framework.edition else ""
        return f"Your board’s own, version {framework.version}.{follows}"
    follows = _edition_words(framework.edition, boards_own)
    return follows if framework.edition else f"{follows} {framework.source}."


def _lines(framework: Framework) -> str:
    lines = len(framework.items)
    return f"{lines} lines to score" if framework.scored else f"{lines} lines, not scored"


class CycleForm(RulesForm):
    """A new cycle."""

    title = forms.TextField(
        label="What is this cycle called?",
        hint="For example, 2016/17 cycle",
        missing="Enter a title",
        max_length=120,
    )
    same_title = forms.ConfirmField(
        label="Prepare another cycle with this title",
        missing="There is a cycle with this title already. Change the title, or tick the box",
    )
    framework = forms.RadiosField(label="Which questions?", choices=(), missing="Choose a set of questions")
    opens_on = forms.DateField(label="Opens on", missing="Enter the day it opens")
    due_on = forms.DateField(
        label="Returns due by", hint="The last day on which a return is in time", missing="Enter the due date"
    )
    moderation_due_on = forms.DateField(label="Moderation finished by (optional)", required=False)
    report_due_on = forms.DateField(label="Report to the board by (optional)", required=False)
    field_order = ["title", "same_title", "framework", "module"]

    def __init__(
        self,
        *args: Any,
        edition: str,
        today: date,
        offered: Sequence[Framework],
        titles: Collection[str] = (),
        **wanted: Any,
    ) -> None:
        """``offered`` are the sets of questions this board may ask; ``titles`` are those of the board's other cycles:
        one of them is taken again only on purpose."""
        super().__init__(*args, **wanted)
        if _plain(self.data.get("title", "")) not in {_plain(title) for title in titles}:
            del self.fields["same_title"]
        # The board's own tools first, then its edition, then what fits any.
        offered = sorted(
            offered, key=lambda f: (not is_own(f.key), f.edition != edition, bool(f.edition), f.edition)
        )
        self.offer(
            "framework",
            [(f.key, f"{f.title}: {_lines(f)}") for f in offered],
            {f.key: _which(f, edition) for f in offered},
        )
        #: The version of each that is offered: a newer one may have been withdrawn.
        self.versions = {f.key: f.version for f in offered}
        self.offer_rules(offered)
        self.edition, self.today = edition, today

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        due = answers.get("due_on")
        check_days(self, answers, self.today)
        for later in ("moderation_due_on", "report_due_on"):
            if due and answers.get(later) and answers[later] < due:
                self.add_error(later, "This must be on or after the due date.")
        self.check_rules(answers)
        return answers


class ReturnFilter(forms.FilterForm):
    """Narrowing the officers' table."""

    q = forms.TextField(label="Agency")
    stage = forms.SelectField(
        label="Where it stands", choices=[(s, stage_label(s)) for s in Stage.values], prompt="All"
    )
    sector = forms.SelectField(label="Sector", choices=Sector.choices, prompt="All")
    lookups = {"q": "agency__name__icontains", "stage": "stage", "sector": "agency__sector"}


class ExtendForm(forms.Form):
    until_on = forms.DateField(label="New last day", missing="Enter the new last day")
    reason = forms.TextField(
        label="Why is more time given?", missing="Say why more time is given", max_length=300
    )


class ReasonForm(forms.Form):
    reason = forms.LongTextField(label="Why?", missing="Say why", rows=3)


class OpenAgainForm(ReasonForm):
    """The board's team opens a signed return again."""

    until_on = forms.DateField(
        label="By when do they sign it again?",
        hint="Ten working days, or the day they have already if that is later. They are told of it",
        missing="Enter the day by which it is signed again",
    )


class Declared(forms.Form):
    """What everybody who signs is asked, after their post."""

    field_order = ["post"]
    minutes = minutes_field()
    agree = forms.ConfirmField(label="I make this declaration", missing="Confirm the declaration to sign")

    def __init__(self, posted: Any = None, *, again: str = "", **wanted: Any) -> None:
        """``again`` says why what was posted has to be read and declared once more: the tick does not stay."""
        if again and posted is not None:
            posted = posted.copy()
            posted.pop("agree", None)
        super().__init__(posted, **wanted)
        self.again = again

    def clean(self) -> dict[str, Any]:
        if self.again:
            self.add_error(None, self.again)
        return super().clean()


class SignForm(Declared):
    post = forms.TextField(
        label="Your post", hint="For example, Chief executive", missing="Enter your post", max_length=120
    )


class NilForm(SignForm):
    reason = forms.LongTextField(
        label="Why is there nothing to assess?",
        hint="For example: no such work here, or another body does it and who that is",
        missing="Say why there is nothing to assess",
        rows=4,
    )
    field_order = ["reason", "post", "minutes", "agree"]


class ReplyForm(forms.Form):
    words = forms.LongTextField(
        label="Your organisation's reply",
        hint="You can reply once. It stands beside the result.",
        missing="Write your reply",
        rows=6,
    )


class JudgeForm(forms.Form):
    """One item: the moderated score and why."""

    score = forms.RadiosField(label="Moderated score", choices=(), missing="Choose a score")
    reason = forms.LongTextField(
        label="Why?",
        hint="Needed when the score changes. The agency reads it once the result is released.",
        required=False,
        max_length=LONGEST_REASON,
        rows=3,
    )

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], means: dict[str, str], **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.offer("score", choices, means)


class FinishForm(forms.Form):
    note = forms.LongTextField(
        label="What would you like to say to the agency about the return as a whole?",
        required=False,
        max_length=LONGEST_REASON,
        rows=5,
    )


class AssignForm(forms.Form):
    moderator = forms.SelectField(
        label="Who should moderate this return?", choices=(), missing="Choose somebody"
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("moderator", [("", "Choose"), *people])


class QueryForm(forms.Form):
    item = forms.SelectField(label="About which line?", choices=(), required=False)
    words = forms.LongTextField(
        label="Your question", missing="Write your question", max_length=LONGEST_REASON, rows=4
    )

    def __init__(self, *args: Any, items: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("item", [("", "The return as a whole"), *items])


class ChaseForm(forms.Form):
    """How somebody was reached outside the system, or which step was decided."""

    how = forms.RadiosField(
        label="What happened?",
        choices=list(HOW.items()),
        missing="Choose what happened",
        small=True,
    )
    rung = forms.SelectField(label="Does it count as one of the usual steps?", choices=(), required=False)
    words = forms.LongTextField(
        label="What was agreed, or decided and why?", missing="Say what was agreed", rows=3
    )

    def __init__(self, *args: Any, steps: list[Rung], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("rung", [("", "No"), *[(s.key, s.title) for s in steps]])
