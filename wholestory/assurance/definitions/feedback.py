"""The letter that gives one agency its result: a first draft in our words, for an officer to make their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Feedback:
    """What goes into the draft. Items are said by number and text; nothing an agency wrote is repeated."""

    to_name: str
    board: str
    title: str
    result: str
    moderated: str
    strengths: Sequence[str]
    improve: Sequence[str]
    promised: int
    overall: str
    looks_at: Sequence[str]


def body(said: Feedback) -> str:
    """The letter's paragraphs, one blank line between them."""
    parts = [
        f"Dear {said.to_name or 'colleague'},",
        f"Thank you for {said.title}. The {said.board} has read and moderated it. This letter gives you the result;"
        " the whole of it, line by line, is on your page.",
        said.result,
        said.moderated,
    ]
    if said.overall:
        parts.append(said.overall)
    if said.strengths:
        parts.append("What is strong:\n" + _list(said.strengths))
    parts.append(
        "What we ask you to improve:\n" + _list(said.improve)
        if said.improve
        else "Every line with a score is compliant. There is nothing that we ask you to improve."
    )
    if said.improve:
        actions = "1 action" if said.promised == 1 else f"{said.promised} actions"
        parts.append(f"You have promised {actions} about this. We look at their dates and at their effect.")
    if said.looks_at:
        parts.append("At the next cycle the board will look first at:\n" + _list(said.looks_at))
    parts.append("You can reply once to the result on your page. Your reply stands beside it.")
    return "\n\n".join(part for part in parts if part)


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
