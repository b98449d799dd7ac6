"""Matching a file of an earlier time: its columns, organisations, questions and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wholestory.assurance.definitions import is_own
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.rules import past_plan as planning
from wholestory.assurance.rules import past_tables as tables
from wholestory.assurance.rules import past_words as words
from wholestory.assurance.rules.own_tools_scales import offered
from wholestory.assurance.rules.past_matching import Match
from wholestory.assurance.rules.past_tables import Asked, Layout, Shape
from wholestory.assurance.rules.scales import PLAIN, Point, Scale
from wholestory.assurance.tables import Table
from wholestory.govuk import forms
from wholestory.partners.models import Agency
from wholestory.pathways import editions

NEW, OUT = "new", "out"
ROLES = {
    Shape.DOWN: (
        (tables.NOTHING, "Leave out"),
        (tables.AGENCY, "Name of the organisation"),
        (tables.SCORE, "Score of a question (the heading is the question)"),
        (tables.COMMENT, "Comment to the question before"),
        (tables.MODERATED, "Moderated score of the question before"),
    ),
    Shape.ACROSS: (
        (tables.NOTHING, "Leave out"),
        (tables.NUMBER, "Number of the question"),
        (tables.QUESTION, "Question"),
        (tables.STANDARD, "Standard or heading"),
        (tables.SCORE, "Scores of an organisation (the heading is its name)"),
        (tables.COMMENT, "Comments of the organisation before"),
        (tables.MODERATED, "Moderated scores of the organisation before"),
    ),
    Shape.LONG: (
        (tables.NOTHING, "Leave out"),
        (tables.AGENCY, "Name of the organisation"),
        (tables.NUMBER, "Number of the question"),
        (tables.QUESTION, "Question"),
        (tables.STANDARD, "Standard or heading"),
        (tables.SCORE, "Score"),
        (tables.COMMENT, "Comment"),
        (tables.MODERATED, "Moderated score"),
    ),
}


class ColumnsForm(forms.Form):
    """A role for each column (``role_1`` and on)."""

    def __init__(
        self,
        *args: Any,
        table: Table,
        layout: Layout,
        roles: Sequence[tuple[str, str]],
        needed: Mapping[str, str],
        several: Sequence[str],
        **wanted: Any,
    ) -> None:
        """``needed`` are the roles that some column must have, with what is said where none has; ``several`` those that
        more than one may have."""
        super().__init__(*args, **wanted)
        self.needed, self.several = needed, set(several)
        self.labels = dict(roles)
        heads, over = tables.heads_of(table, layout), tables.over_of(table, layout)
        for n in range(1, table.width + 1):
            name = table.column(n)
            # A merged cell says the same in both rows.
            said = " / ".join(dict.fromkeys(part for part in (over[n - 1], heads[n - 1]) if part))[:90]
            self.fields[f"role_{n}"] = forms.SelectField(
                label=f"{name[0].upper()}{name[1:]}" + (f": {said}" if said else ""),
                hint=_for_example(table, layout, n),
                choices=roles,
                prompt=None,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        given = self.roles(answers)
        for role, says in self.needed.items():
            if role not in given:
                self.add_error("role_1", says)
        for role in dict.fromkeys(given):
            if role and role not in self.several and given.count(role) > 1:
                again = [n for n, one in enumerate(given, 1) if one == role][-1]
                self.add_error(f"role_{again}", f"Another column is “{self.labels[role]}” already")
        return answers

    def roles(self, answers: Mapping[str, Any]) -> list[str]:
        """The roles in the order of the columns."""
        return [str(answers.get(name) or "") for name in self.fields]


def _for_example(table: Table, layout: Layout, column: int) -> str:
    """The first few things a column holds: to know what it is without opening the file."""
    below = (row.text(column) for row in table.rows if row.number > layout.header)
    said = list(dict.fromkeys(" ".join(text.split())[:50] for text in below if text.strip()))
    return f"Holds: {'; '.join(said[:3])}" if said else "Holds nothing"


class AgenciesForm(forms.Form):
    """For some of the names in a file: which agency each is, or why it is left out."""

    def __init__(
        self,
        *args: Any,
        written: Mapping[str, str],
        matches: Mapping[str, Match],
        agencies: Sequence[Agency],
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        self.keys = list(written)
        offered_ = [(OUT, "Leave it out, because:"), *[(str(one.id), one.name) for one in agencies]]
        for n, (key, name) in enumerate(written.items()):
            match = matches[key]
            self.fields[f"agency_{n}"] = forms.SelectField(
                label=f"“{name}” is",
                choices=offered_,
                prompt="Choose",
                initial=OUT if match.out else match.id,
                missing=f"Say which organisation “{name}” is, or leave it out",
            )
            self.fields[f"why_{n}"] = forms.TextField(
                label=f"Why “{name}” is left out", required=False, max_length=200, initial=match.out
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        for n in range(len(self.keys)):
            if answers.get(f"agency_{n}") == OUT and not str(answers.get(f"why_{n}") or "").strip():
                self.add_error(f"why_{n}", "Say why it is left out")
        return answers

    def chosen(self) -> dict[str, list[str]]:
        """What was said, by the key of each name."""
        said = self.cleaned_data
        return {
            key: ["", said[f"why_{n}"].strip()] if said[f"agency_{n}"] == OUT else [said[f"agency_{n}"], ""]
            for n, key in enumerate(self.keys)
        }

    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of each name."""
        return [(self[f"agency_{n}"], self[f"why_{n}"]) for n in range(len(self.keys))]


def called(framework: Framework) -> str:
    """A set of questions with the guidance it follows and that guidance's year: several share a title."""
    follows = f", for {editions.edition(framework.edition).title}" if framework.edition else ""
    return f"{framework.title}{follows} (version {framework.version})"


class FrameworkForm(forms.Form):
    """Which set of questions the file answers."""

    framework = forms.RadiosField(
        label="Which set of questions does the file answer?",
        hint="Choose the one that was asked then, by the guidance it follows and that guidance’s year.",
        choices=(),
        reveals={NEW: "title"},
        missing="Select a set of questions",
    )
    title = forms.TextField(
        label="What is the set of questions called?", max_length=120, missing="Enter a title"
    )
    scale = forms.SelectField(label="On which scale was it answered?", choices=(), missing="Choose the scale")

    def __init__(
        self, *args: Any, frameworks: Sequence[Framework], names: Mapping[str, str], **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.offer(
            "framework",
            [
                *[(names[one.key], called(one)) for one in frameworks],
                (NEW, "None of these: make a set of questions of the file’s own headings"),
            ],
            {
                **{
                    names[one.key]: ("Your board’s own. " if is_own(one.key) else "")
                    + f"{len(one.items)} questions, answered on: {one.scale.title}"
                    for one in frameworks
                },
                NEW: "It is published as one of your own audit tools. You can ask it again, and match later versions.",
            },
        )
        self.offer("scale", [(one.code, one.title) for one in offered() if one.code != PLAIN.code])
        self.fields["scale"].required = False

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("framework") == NEW and not answers.get("scale"):
            self.add_error("scale", "Choose the scale")
        return answers


class QuestionsForm(forms.Form):
    """Which item each question of the file is (``question_0`` and on)."""

    twice = forms.RadiosField(
        label="If two rows say different things of one organisation and question",
        choices=[
            (planning.NEITHER, "Neither score comes in; the words of both are kept"),
            (planning.FIRST, "The first row comes in"),
            (planning.LAST, "The later row comes in"),
        ],
        initial=planning.NEITHER,
    )

    def __init__(
        self, *args: Any, asked: Sequence[Asked], framework: Framework, chosen: Mapping[str, str], **wanted: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **wanted)
        self.keys = [one.key for one in asked]
        items = [
            (
                f"{n} {standard.title}",
                [(item.key, f"{framework.numbers[item.key]} {item.text}"[:140]) for item in standard.items],
            )
            for n, standard in enumerate(framework.standards, 1)
        ]
        for n, one in enumerate(asked):
            self.fields[f"question_{n}"] = forms.SelectField(
                label=one.words[:200],
                choices=[("", "Leave out"), *items],
                prompt=None,
                required=False,
                initial=chosen.get(one.key, ""),
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        first: dict[str, str] = {}
        for n in range(len(self.keys)):
            item = str(answers.get(f"question_{n}") or "")
            if item and item in first:
                self.add_error(f"question_{n}", f"“{first[item]}” is matched to this already")
            first.setdefault(item, str(self.fields[f"question_{n}"].label))
        if not any(first):
            self.add_error("question_0", "Match at least one question")
        return answers

    def chosen(self) -> dict[str, str]:
        """The item of each question, by the question's key."""
        return {key: str(self.cleaned_data.get(f"question_{n}") or "") for n, key in enumerate(self.keys)}

    def questions(self) -> list[Any]:
        """The fields of the questions."""
        return [self[f"question_{n}"] for n in range(len(self.keys))]


class WordsForm(forms.Form):
    """What each word in the score cells means (``word_0`` and on)."""

    def __init__(
        self, *args: Any, meanings: Mapping[str, words.Meaning], counts: Mapping[str, int], scale: Scale, **wanted: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **wanted)
        self.texts = sorted(meanings, key=lambda text: (meanings[text].sure, -counts.get(text, 0), text))
        points = [(words.POINT + one.value, _named(one, scale)) for one in scale.points]
        for n, text in enumerate(self.texts):
            times = counts.get(text, 0)
            self.fields[f"word_{n}"] = forms.SelectField(
                label=f"“{text}”, {times} time{'' if times == 1 else 's'}",
                hint=meanings[text].note,
                choices=[(scale.title, points), ("No score", list(words.NO_SCORE.items()))],
                prompt=None,
                initial=meanings[text].code,
            )

    def chosen(self) -> dict[str, str]:
        """The meaning of each word."""
        return {text: self.cleaned_data[f"word_{n}"] for n, text in enumerate(self.texts)}


def _named(point: Point, scale: Scale) -> str:
    """A point as its scale's people tell it: its number or colour, and its word."""
    parts = (point.value if scale.numeric else "", point.colour, point.label)
    return ": ".join(dict.fromkeys(part for part in parts if part))
