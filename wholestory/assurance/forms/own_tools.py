"""Questions about a board's own audit tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wholestory.assurance.operations.own_tools_sources import LONGEST_LIST
from wholestory.assurance.rules.own_tools_found import LONGEST_QUESTION, LONGEST_TITLE
from wholestory.assurance.rules.own_tools_scales import USUAL_GUIDANCE, offered, sentences_for, usual_level
from wholestory.assurance.rules.scales import PLAIN, Scale, scale_called
from wholestory.assurance.tables import ENDINGS, MOST_BYTES
from wholestory.govuk import forms
from wholestory.pathways import editions

LIST, TABLE, EMPTY = "list", "table", "empty"
#: Scales with more points than this get one box, a line for each point.
MOST_BOXES = 6
_ACCEPT = ",".join(f".{end}" for end in ENDINGS)


class ToolFilter(forms.FilterForm):
    """Narrowing the list of tools."""

    q = forms.TextField(label="Title")
    offered = forms.SelectField(
        label="For new cycles", choices=[("yes", "Offered"), ("no", "Withdrawn")], prompt="All"
    )
    lookups = {"q": "title__icontains"}

    def apply(self, rows: Any) -> Any:
        """The versions that match."""
        rows = super().apply(rows)
        wanted = self.cleaned_data.get("offered")
        return rows.filter(withdrawn_on__isnull=wanted == "yes") if wanted else rows


class NewToolForm(forms.Form):
    """What it is called, and what it is made from."""

    title = forms.TextField(
        label="What is the tool called? (optional)",
        hint="As agencies will read it. For example, Neglect audit 2016. You can change it later.",
        required=False,
        max_length=120,
    )
    begin = forms.RadiosField(
        label="What do you have?",
        choices=[
            (LIST, "A list of questions"),
            (TABLE, "A table in Excel, Word or CSV"),
            (EMPTY, "Nothing yet: I will write the questions here"),
        ],
        reveals={LIST: "words", TABLE: "file"},
        missing="Choose what you have",
    )
    words = forms.LongTextField(
        label="Paste the list",
        hint="One question in each line. Numbers and headings are recognised. Rows copied out of Excel work too.",
        missing="Paste the list",
        max_length=LONGEST_LIST,
        rows=12,
    )
    file = forms.FileField(
        label="Choose the file",
        hint=f".xlsx, .xls, .docx or .csv, smaller than {MOST_BYTES // (1024 * 1024)} MB."
        " Next you say which column holds what.",
        accept=_ACCEPT,
        missing="Choose the file",
    )

    def __init__(self, posted: Any = None, files: Any = None, **wanted: Any) -> None:
        """Whoever pasted something or chose a file, and nothing else, has said what they have."""
        if posted is not None and not posted.get("begin"):
            posted = posted.copy()
            posted["begin"] = TABLE if files else LIST if posted.get("words", "").strip() else ""
        super().__init__(posted, files, **wanted)


class ListForm(forms.Form):
    """The pasted list again, to mend it."""

    words = forms.LongTextField(label="The list", missing="Paste the list", max_length=LONGEST_LIST, rows=18)


class AboutForm(forms.Form):
    """What holds for the whole tool."""

    title = forms.TextField(label="Title", missing="Enter a title", max_length=120)
    edition = forms.SelectField(label="Which guidance does it follow?", choices=(), required=False)
    scale = forms.RadiosField(label="Scale", choices=(), missing="Choose a scale")
    compliant_from = forms.SelectField(
        label="An answer counts as compliant from",
        choices=(),
        required=False,
        prompt="As usual for the scale",
    )
    commentary_required = forms.YesNoField(
        label="Must each score have a few words on what it rests on?", missing="Select yes or no"
    )
    usual_titles = forms.YesNoField(
        label="Is this your section 11 audit, also for schools and early years?",
        hint="Yes: each agency reads the usual title for its own duty. No: all of them read the title above.",
        missing="Select yes or no",
    )

    def __init__(self, *args: Any, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("edition", [("", "Any"), *[(one.key, one.title) for one in editions.editions()]])
        self.offer("scale", [(scale.code, scale.title) for scale in offered()], _hints())
        self.offer("compliant_from", [("", "As usual for the scale"), *_levels()])

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        chosen = scale_called(answers["scale"]) if answers.get("scale") else None
        scale, _, level = str(answers.get("compliant_from") or "").partition(":")
        if chosen is not None and level and scale != chosen.code:
            self.add_error("compliant_from", f"Choose a point of the scale “{chosen.title}”")
        if chosen is not None:
            answers["compliant_from"] = level or usual_level(chosen.code)
        return answers


def level_value(scale: str, level: str) -> str:
    """A point as the select of all scales' points names it."""
    return f"{scale}:{level}" if level and level != usual_level(scale) else ""


def _levels() -> list[tuple[str, Any]]:
    """The points of every scale that may be the lowest compliant one, by scale: all of them but the worst."""
    return [
        (
            scale.title,
            [(f"{scale.code}:{point.value}", _label(scale, n)) for n, point in enumerate(scale.points) if n],
        )
        for scale in offered()
        if scale.code != PLAIN.code
    ]


def _label(scale: Scale, n: int) -> str:
    """A point as an officer tells it: its number and its word, or its colour and its word."""
    point = scale.points[n]
    if scale.numeric:
        return point.value if point.label == point.value else f"{point.value}: {point.label}"
    return f"{point.colour}: {point.label}" if point.colour else point.label


def _hints() -> dict[str, str]:
    hints = {}
    for scale in offered():
        if scale.code == PLAIN.code:
            hints[scale.code] = "No scores, and nothing is added up. For small organisations."
        elif len(scale.points) <= MOST_BOXES:
            hints[scale.code] = ", ".join(_label(scale, n) for n in range(len(scale.points)))
    return hints


class HeadingForm(forms.Form):
    """One heading: a page of the form and a column of the heat map."""

    title = forms.TextField(label="Heading", missing="Enter the heading", max_length=LONGEST_TITLE)
    intro = forms.LongTextField(
        label="A sentence under the heading (optional)", required=False, max_length=600, rows=3
    )


class QuestionForm(forms.Form):
    """One question with all that belongs to it."""

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

    def __init__(self, *args: Any, scale: str, headings: Sequence[tuple[str, str]], **wanted: Any) -> None:
        """``headings`` are the keys and titles of the standards it may stand under."""
        super().__init__(*args, **wanted)
        self.offer("standard", headings)
        self.scale = scale_called(scale)
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
                label=f"What “{_label(self.scale, n)}” means (optional)",
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
        "points": "\n".join(said),
        **{f"point_{n}": words for n, words in enumerate(said)},
    }


__all__ = [
    "EMPTY", "LIST", "TABLE", "AboutForm", "HeadingForm", "ListForm", "NewToolForm", "QuestionForm", "ToolFilter",
    "level_value", "question_initial",
]  # fmt: skip
