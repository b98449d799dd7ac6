"""Words to begin a letter to a family with. Whoever writes changes them; nothing of them goes out by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beginning:
    """A subject and a first text. ``{name}`` is whoever is written to, ``{child}`` what the family calls the child."""

    subject: str
    body: str

    def of(self, name: str, child: str) -> tuple[str, str]:
        """The two, filled in."""
        called = child or "your child"
        return self.subject, self.body.format(name=name, child=called)


_CLOSE = "You can ask questions at any time, and you do not have to answer this letter."

BEGINNINGS: Mapping[str, Beginning] = {
    "first_letter": Beginning(
        "What happens now, and how you can take part",
        "Dear {name},\n\nWe are very sorry that {child} has died.\n\nWhen a child dies, the people who knew and cared"
        " for the child meet to understand what happened. This is done for every child. Later a panel of people who did"
        " not know the family reads papers without names, to learn how to help other children.\n\nYou do not have to do"
        " anything. If you would like to tell us something about {child}, or have questions, we would like to hear"
        f" them.\n\n{_CLOSE}",
    ),
    "before_meeting": Beginning(
        "A meeting about the care your child had",
        "Dear {name},\n\nThe people who knew {child} will meet soon to talk about the care {child} had. Parents are not"
        " at this meeting, and your questions are. If there is something you would like them to talk about, tell us in"
        f" the way that is easiest for you, and we will bring it to the meeting.\n\n{_CLOSE}",
    ),
    "after_meeting": Beginning(
        "After the meeting about your child",
        "Dear {name},\n\nThe people who knew {child} have met. We would like to tell you what they talked about, and"
        " what they found about your questions, in the way you prefer: in a letter, on the telephone, or face to face."
        f"\n\n{_CLOSE}",
    ),
    "before_panel": Beginning(
        "The panel will soon look at what can be learned",
        "Dear {name},\n\nSoon a panel will read the papers about {child}, without names, to see what can be learned for"
        " other children. Families are not at the panel. If there is anything you would like it to know, tell us."
        f"\n\n{_CLOSE}",
    ),
    "after_panel": Beginning(
        "The panel has met",
        "Dear {name},\n\nThe panel has read the papers about {child}, and its review has come to an end. If you would"
        f" like to know what was learned, we will tell you in the way you prefer.\n\n{_CLOSE}",
    ),
    "other": Beginning("About your child’s review", "Dear {name},\n\n\n\n" + _CLOSE),
}
