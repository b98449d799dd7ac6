"""Questions about a board's own audit tools."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from wholestory.assurance.forms.own_tools_parts import MOST_BOXES, WithMore, point_label
from wholestory.assurance.operations.own_tools_sources import LONGEST_LIST
from wholestory.assurance.rules.own_tools_scales import offered, usual_level
from wholestory.assurance.rules.scales import PLAIN, scale_called
from wholestory.assurance.tables import ENDINGS, MOST_BYTES
from wholestory.govuk import forms
from wholestory.pathways import editions

LIST, TABLE, EMPTY = "list", "table", "empty"
MOST_POSTS = 4
LONGEST_POST = 80
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


class AboutForm(WithMore):
    """What holds for the whole tool."""

    more = ("signatures",)

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
    signatures = forms.LongTextField(
        label="Which posts must each sign? (optional)",
        hint="One post in each line, such as headteacher. Each is signed by a different person. Leave it empty and one"
        " person signs, in the post they give.",
        required=False,
        max_length=400,
        rows=3,
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

    def clean_signatures(self) -> list[str]:
        """The posts, each once."""
        posts = [" ".join(line.split()) for line in str(self.cleaned_data["signatures"] or "").splitlines()]
        posts = [post for post in posts if post]
        if len({post.casefold() for post in posts}) != len(posts):
            raise ValidationError("Name each post once")
        if len(posts) > MOST_POSTS:
            raise ValidationError(f"Name at most {MOST_POSTS} posts")
        if any(len(post) > LONGEST_POST for post in posts):
            raise ValidationError(f"Name each post in {LONGEST_POST} characters or fewer")
        return posts


def level_value(scale: str, level: str) -> str:
    """A point as the select of all scales' points names it."""
    return f"{scale}:{level}" if level and level != usual_level(scale) else ""


def _levels() -> list[tuple[str, Any]]:
    """The points of every scale that may be the lowest compliant one, by scale: all of them but the worst."""
    return [
        (
            scale.title,
            [
                (f"{scale.code}:{point.value}", point_label(scale, n))
                for n, point in enumerate(scale.points)
                if n
            ],
        )
        for scale in offered()
        if scale.code != PLAIN.code
    ]


def _hints() -> dict[str, str]:
    hints = {}
    for scale in offered():
        if scale.code == PLAIN.code:
            hints[scale.code] = "No scores, and nothing is added up. For small organisations."
        elif len(scale.points) <= MOST_BOXES:
            hints[scale.code] = ", ".join(point_label(scale, n) for n in range(len(scale.points)))
    return hints


__all__ = ["EMPTY", "LIST", "TABLE", "AboutForm", "ListForm", "NewToolForm", "ToolFilter", "level_value"]
