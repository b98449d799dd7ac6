"""The papers of a case on paper and as an accessible PDF, by the same leaf as every form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from wholestory.child_deaths.models import Pack, Review
from wholestory.child_deaths.queries.analysis_shown import Shown
from wholestory.paperwork.given import Place
from wholestory.paperwork.printing import Leaf, as_pdf
from wholestory.paperwork.showing import ShownAnswer, ShownPage, ShownSection

__all__ = ["as_pdf", "leaf_of"]

MARKING = "Confidential: for members of the panel"


def leaf_of(review: Review, pack: Pack, shown: Shown | None, *, made_by: str, at: datetime) -> Leaf:
    """The released papers, then the analysis as its reader may see it."""
    board = review.record.board
    return Leaf(
        title=f"Papers for the child death overview panel: {review.record.reference}",
        about="Anonymised. No names, dates of birth, addresses or names of hospitals and schools.",
        intro="", reference=review.record.reference, version=pack.version, marking=MARKING, made_by=made_by,
        made_at=timezone.localtime(at), status=f"Papers, version {pack.version}", content_hash="",
        is_example=board.is_example, board=board.name, is_blank=False,
        pages=(
            _page("facts", "The child", pack.facts),
            *[_page(f"part_{n}", str(label), [("", text)]) for n, (label, text, *_) in enumerate(pack.parts)],
            *(_analysis(shown) if shown else ()),
        ),
    )  # fmt: skip


def _analysis(shown: Shown) -> Iterable[ShownPage]:
    yield _page(
        "category", f"Analysis, version {shown.version} ({shown.state.lower()}, {shown.edition})",
        [("Category of death", shown.category), ("Why", shown.category_words)],
    )  # fmt: skip
    for key, title, rows in shown.said_parts:
        yield _page(key, title, rows)
    factors = [
        (
            heading.label,
            "\n".join(f"{line.words} ({line.beside})" for line in heading.lines) or "None written down",
        )
        for heading in shown.headings
    ]
    yield _page("factors", "Factors", factors)
    asked = [f"{one.words} ({one.level}; {one.owner or 'no owner yet'})" for one in shown.recommendations]
    for key, title, lines in (
        ("learning", "What was learned", [one.words for one in shown.learning]),
        ("recommendations", "Recommendations", asked),
        ("views", "Who saw it differently", [f"{one.words} ({one.beside})" for one in shown.views]),
    ):
        if lines:
            yield _page(key, title, [(str(number), words) for number, words in enumerate(lines, 1)])


def _page(key: str, title: str, rows: Iterable[Iterable[str]]) -> ShownPage:
    answers = tuple(
        ShownAnswer(
            place=Place(f"{key}_{n}"), label=label or title, hint="", is_required=False, state="value",
            lines=tuple(line for line in str(words).splitlines() if line.strip()),
        )
        for n, (label, words) in enumerate(rows)
        if str(words).strip()
    )  # fmt: skip
    return ShownPage(
        key=key, title=title, intro="", sections=(ShownSection(title="", intro="", answers=answers),)
    )
