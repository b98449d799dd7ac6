"""Questions about one heading and one question of a board's own audit tool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wholestory.assurance.rules.own_tools_found import LONGEST_QUESTION, LONGEST_TITLE
from wholestory.assurance.rules.own_tools_scales import USUAL_GUIDANCE, sentences_for
from wholestory.assurance.rules.scales import PLAIN, Scale, scale_called
from wholestory.govuk import forms

#: Scales with more points than this get one box, a line for each point.
MOST_BOXES = 6
MOST_POINTS = 20


class WithMore(forms.Form):
    """A form whose rarer questions are folded away until somebody opens them."""

    more: tuple[str, ...] = ()

    @property
    def first_fields(self) -> list[Any]:
        """What everybody is asked."""
        return [field for field in self if field.name not in self.more]

    @property
    def more_fields(self) -> list[Any]:
        """What stands under “More settings”."""
        return [self[name] for name in self.more if name in self.fields]

    @property
    def more_open(self) -> bool:
        """Whether something under it is at fault, so that nobody has to look for it."""
        return any(field.errors for field in self.more_fields)


def point_label(scale: Scale, n: int) -> str:
    """A point as an officer tells it: its number and its word, or its colour and its word."""
    point = scale.points[n]
    if scale.numeric:
        return point.value if point.label == point.value else f"{point.value}: {point.label}"
    return f"{point.colour}: {point.label}" if point.colour else point.label


class HeadingForm(forms.Form):
    """One heading: a page of the form and a column of the heat map."""

    title = forms.TextField(label="Heading", missing="Enter the heading", max_length=LONGEST_TITLE)
    intro = forms.LongTextField(
        label="A sentence under the heading (optional)", required=False, max_length=600, rows=3
    )


class QuestionForm(WithMore):
    """One question with all that belongs to it."""

    more = ("weight",)

    text = forms.LongTextField(
        label="Question, or statement to score",
        missing="Write the question",
        max_length=LONGEST_QUESTION,
        rows=3,
    )
    standard = forms.SelectField(label="Under which heading?", choices=(), prompt=None)
    guidance = forms.LongTextField(
        label="Guidance (optional)",
        hint=f"Without it agencies read: {USUAL_GUIDANCE}",
        required=False,
        max_length=2000,
        rows=3,
    )
    show = forms.LongTextField(
        label="What would show it? (optional)",
        hint="One example in each line",
        required=False,
        max_length=1000,
        rows=3,
    )
    critical = forms.ConfirmField(
        label="Critical: where a cycle has the cap on, a lowest score here caps the whole heading",
        required=False,
    )
    weight = forms.NumberField(
        label="Points this question carries under its heading",
        hint="1 for each, unless some count for more. A cycle can count by points or take every question alike.",
        required=False,
        min_value=1,
        max_value=MOST_POINTS,
    )

    def __init__(self, *args: Any, scale: str, headings: Sequence[tuple[str, str]], **wanted: Any) -> None:
        """``headings`` are the keys and titles of the standards it may stand under."""
        super().__init__(*args, **wanted)
        self.offer("standard", headings)
        self.scale = scale_called(scale)
        self.initial.setdefault("weight", 1)
        if self.scale.code == PLAIN.code:
            # Nothing is added up, so nothing carries points.
            del self.fields["weight"]
        usual = sentences_for(scale)
        if len(self.scale.points) > MOST_BOXES:
            self.fields["points"] = forms.LongTextField(
                label="What each point means (optional)",
                hint=f"{len(usual)} lines, one for each point, lowest first. Without them: {usual[0]} … {usual[-1]}",
                required=False,
                rows=6,
            )
            return
        for n, says in enumerate(usual):
            self.fields[f"point_{n}"] = forms.LongTextField(
                label=f"What “{point_label(self.scale, n)}” means (optional)",
                hint=f"Without it: {says}",
                required=False,
                max_length=400,
                rows=2,
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        count = len(self.scale.points)
        if "points" in self.fields:
            said = [line.strip() for line in str(answers.get("points") or "").split("\n") if line.strip()]
            if said and len(said) != count:
                self.add_error("points", f"Write {count} lines, or none: there are {len(said)} now")
        else:
            said = [str(answers.get(f"point_{n}") or "").strip() for n in range(count)]
            if any(said) and not all(said):
                first = said.index("")
                self.add_error(f"point_{first}", "Say what every point means, or leave all of them empty")
        answers["descriptors"] = said if any(said) else []
        return answers

    def values(self) -> dict[str, Any]:
        """The item's fields as the draft keeps them."""
        answers = self.cleaned_data
        return {
            "text": " ".join(answers["text"].split()),
            "guidance": answers["guidance"].strip(),
            "show": [line.strip() for line in answers["show"].split("\n") if line.strip()],
            "critical": bool(answers["critical"]),
            "descriptors": answers["descriptors"],
            **({"weight": answers["weight"] or 1} if "weight" in self.fields else {}),
        }


def question_initial(item: Mapping[str, Any], standard: str, scale: str) -> dict[str, Any]:
    """What an item's form begins with."""
    said = list(item.get("descriptors", []))
    return {
        "text": item.get("text", ""),
        "standard": standard,
        "guidance": item.get("guidance", ""),
        "show": "\n".join(item.get("show", [])),
        "critical": item.get("critical", False),
        "weight": item.get("weight", 1),
        "points": "\n".join(said),
        **{f"point_{n}": words for n, words in enumerate(said)},
    }
