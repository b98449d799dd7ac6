"""Why something cannot be done with a form just now, each as a sentence for the person who tried."""

from __future__ import annotations

from wholestory.paperwork.given import Place
from wholestory.paperwork.sheet import Problem


class NotOpen(Exception):
    """The form has been sent or closed; nothing can be changed in it."""

    def __init__(self, *, closed: bool = False) -> None:
        super().__init__(
            "This form is closed. It can be read and downloaded, and nothing in it can be changed any more." if closed
            else "This form has been sent. It has to be opened again before anything can be changed."
        )  # fmt: skip


class NotAsRead(Exception):
    """An answer was changed between being read and being signed."""

    def __init__(self) -> None:
        super().__init__(
            "An answer was changed after you opened this page. Read the answers again, then sign."
        )


class NotYourPage(Exception):
    """Somebody else answers this page."""

    def __init__(self, page: str) -> None:
        super().__init__(f"You can read “{page}”, and somebody else answers it.")


class NotReady(Exception):
    """There are answers to put right before the form can be sent."""

    def __init__(self, problems: tuple[Problem, ...], clashes: int) -> None:
        super().__init__("There are answers to put right before this form can be sent.")
        self.problems = problems
        self.clashes = clashes


class FormChanged(Exception):
    """The two forms do not ask the same, so answers cannot be carried as they are."""

    def __init__(self) -> None:
        super().__init__("The form has changed since, so its answers cannot be carried forward as they are.")


class Overtaken(Exception):
    """The answer was saved again while somebody was choosing between two versions of it."""

    def __init__(self) -> None:
        super().__init__("This answer was changed again while you were choosing. Look at both once more.")


class NotChosen(Exception):
    """A loaded copy and the form differ, and nobody said which to keep."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        super().__init__("Choose what to keep where the copy and the form differ.")
        self.places = places


class CannotUndo(Exception):
    """A load cannot be taken back as one. The message says why and what to do instead."""
