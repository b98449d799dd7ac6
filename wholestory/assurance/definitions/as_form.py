"""A framework as a form: one page for each standard, the same few questions for each item.

For an item ``board_report`` the form asks ``board_report`` (the score), ``board_report_said`` (what it
rests on), ``board_report_shown`` (what would show it) and, where the score is below compliant,
``board_report_plan`` and ``board_report_plan_due``. Each page ends with ``STANDARD_files``. ``item_keys``
and ``stored_score`` read answers back. A framework that is not scored asks for a plain answer and a few words under
the same keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wholestory.assurance.definitions.framework import Framework, Item, Standard
from wholestory.assurance.rules.scales import Scale
from wholestory.paperwork.definitions import (
    NOT_APPLICABLE,
    Allow,
    AnyOf,
    Choice,
    Date,
    File,
    Form,
    Is,
    LongText,
    Not,
    Nothing,
    Number,
    Option,
    Page,
    Point,
    Question,
    Section,
)
from wholestory.paperwork.definitions import Scale as ScaleQuestion
from wholestory.paperwork.given import Json
from wholestory.paperwork.questions.choosing import Tone

FILE_ENDINGS = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "png", "jpg", "jpeg")
NO_CASE_RECORDS = (
    "Policies, reports and figures, yes. Records about a child, no: nothing that names a child belongs here."
)


@dataclass(frozen=True)
class ItemKeys:
    """The keys under which one item's answers are kept."""

    score: str
    said: str
    shown: str
    plan: str
    plan_due: str


def item_keys(item: str) -> ItemKeys:
    """The keys of an item's questions."""
    return ItemKeys(item, f"{item}_said", f"{item}_shown", f"{item}_plan", f"{item}_plan_due")


def figure_key(item: str, number: int) -> str:
    """The key of an item's figure; they are numbered from 1 in the order of the item."""
    return f"{item}_figure_{number}"


def files_key(standard: str) -> str:
    """The key of the question for a standard's files."""
    return f"{standard}_files"


def stored_score(value: Json) -> str:
    """The scale's native value for what the form stores (a number, or the slug of a word); empty for no
    answer."""
    return "" if value is None else str(value)


def as_form(framework: Framework) -> Form:
    """The form of a framework; it has the framework's key and version. Its title names no duty: pages
    take theirs from ``framework.title_for``.
    """
    intro = " ".join(part for part in (*_intro(framework), framework.status) if part)
    return Form(
        framework.key,
        framework.version,
        framework.title,
        tuple(_page(framework, standard) for standard in framework.standards),
        edition=framework.edition,
        intro=intro,
    )


def _intro(framework: Framework) -> tuple[str, ...]:
    if not framework.scored:
        return (
            "Say yes or not yet, and add a few words if you like. Nobody adds up these answers.",
            "If something has no place in your work, say that it does not apply, and why.",
        )
    return (
        f"Give each line a score ({framework.scale.title}), and say in a few words what it rests on.",
        framework.compliant.label if _has_level(framework) else "",
        "If something has no place in your work, choose not applicable and say why.",
    )


def _has_level(framework: Framework) -> bool:
    return bool(framework.compliant_from or framework.scale.compliant_from)


def _page(framework: Framework, standard: Standard) -> Page:
    questions = _questions if framework.scored else _plain
    sections = tuple(
        Section(
            f"{framework.numbers[item.key]} {item.text}",
            questions(framework, item),
            intro=_beside(framework, item),
        )
        for item in standard.items
    )
    files = File(
        files_key(standard.key),
        "Files that show any of this",
        hint=NO_CASE_RECORDS,
        required=False,
        at_most=10,
        accepts=FILE_ENDINGS,
    )
    return Page(standard.key, standard.title, (*sections, files), intro=standard.intro)


def _beside(framework: Framework, item: Item) -> str:
    """What stands between an item and its questions: its points, and who else asks this."""
    points = f"Carries {item.weight} points of its part." if framework.has_weights else ""
    also = item.also_asked if framework.references_on_form else ""
    return " ".join(part for part in (points, also) if part)


def _plain(framework: Framework, item: Item) -> tuple[Question, ...]:
    keys = item_keys(item.key)
    not_yet = AnyOf(keys.score, _below(framework))
    return (
        Choice(
            keys.score,
            "Is this so?",
            guidance=item.guidance,
            nothing=(Allow(Nothing.NOT_APPLICABLE, "Does not apply to us", reason="required"),),
            options=tuple(
                Option(point.value, point.label, says)
                for point, says in zip(framework.scale.points, item.descriptors, strict=True)
            ),
        ),
        LongText(
            keys.said,
            "A few words",
            hint="Name no child.",
            required=framework.commentary_required,
            show_when=Not(Is(keys.score, "not_applicable")),
            max_length=1000,
            rows=2,
        ),
        LongText(
            keys.plan,
            "What will you do about it?",
            required=False,
            show_when=not_yet,
            carries=False,
            max_length=1000,
            rows=2,
        ),
        Date(keys.plan_due, "By when?", required=False, show_when=not_yet, carries=False),
    )


def _questions(framework: Framework, item: Item) -> tuple[Question, ...]:
    keys = item_keys(item.key)
    return (
        _score(framework, item, keys.score),
        LongText(
            keys.said,
            "What does this rest on?",
            hint="Two or three sentences. Name no child.",
            required=framework.commentary_required,
            show_when=Not(Is(keys.score, "not_applicable")),
            max_length=4000,
            rows=4,
        ),
        LongText(
            keys.shown,
            "What would show it?",
            hint=_what_to_show(item),
            required=False,
            show_when=Not(Is(keys.score, "not_applicable")),
            max_length=2000,
            rows=2,
        ),
        *_figures(item),
        *(_plan(framework, keys) if _has_level(framework) else ()),
    )


def _figures(item: Item) -> tuple[Question, ...]:
    """Numbers of a day: they are asked afresh each time."""
    return tuple(
        Number(
            figure_key(item.key, number),
            label,
            required=False,
            show_when=Not(Is(item.key, "not_applicable")),
            carries=False,
            minimum=Decimal(0),
            whole=True,
        )
        for number, label in enumerate(item.figures, 1)
    )


def _plan(framework: Framework, keys: ItemKeys) -> tuple[Question, ...]:
    below = AnyOf(keys.score, _below(framework))
    return (
        LongText(
            keys.plan,
            "What will you do about it, and who will do it?",
            hint="This becomes an action of your own. One action may answer several lines.",
            show_when=below,
            carries=False,
            max_length=2000,
            rows=3,
        ),
        Date(keys.plan_due, "By when?", show_when=below, carries=False),
    )


def _what_to_show(item: Item) -> str:
    ideas = f"For example: {'; '.join(item.show)}. " if item.show else ""
    return f"{ideas}Documents with their dates, or links."


def _score(framework: Framework, item: Item, key: str) -> Question:
    scale = framework.scale
    label = "Where are you now?"
    guidance = item.guidance
    if scale.numeric:
        return ScaleQuestion(
            key,
            label,
            guidance=guidance,
            nothing=(NOT_APPLICABLE,),
            points=tuple(
                Point(int(point.value), point.label, says, _tone(framework, n))
                for n, (point, says) in enumerate(zip(scale.points, item.descriptors, strict=True))
            ),
            code=scale.code.lower(),
            compliant_from=int(framework.compliant.at_least) if _has_level(framework) else None,
        )
    return Choice(
        key,
        label,
        guidance=guidance,
        nothing=(NOT_APPLICABLE,),
        options=tuple(
            Option(point.value, point.label, says)
            for point, says in zip(scale.points, item.descriptors, strict=True)
        ),
    )


def _below(framework: Framework) -> tuple[str | int, ...]:
    values = [point.value for point in framework.compliant.below_points]
    return tuple(int(value) for value in values) if framework.scale.numeric else tuple(values)


def _tone(framework: Framework, place: int) -> Tone:
    """Never the meaning, only how it is drawn: below compliant is bad or poor, compliant is fair or good."""
    scale: Scale = framework.scale
    point = scale.points[place]
    if not _has_level(framework):
        return "neutral"
    if not framework.compliant.passes(point.value):
        return "bad" if place == 0 else "poor"
    return "good" if place == len(scale.points) - 1 else "fair"
