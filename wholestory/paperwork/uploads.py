"""How a file question keeps its files. The room that keeps files registers an uploader; this room knows no other.

::

    uploads.register(DocumentUploader())      # in the AppConfig.ready of the room that keeps files
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.core.files.uploadedfile import UploadedFile

from wholestory.access.verbs import Verb
from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Person


@dataclass(frozen=True)
class Card:
    """A kept file as people see it. ``note`` says what matters about it just now ("being checked for viruses")."""

    ref: str
    name: str
    url: str = ""
    size: str = ""
    note: str = ""


class FileRefused(Exception):
    """The file is not kept. The message is fit for the person who sent it.

    ``may_say_why``: it would be kept if the person said why it is not what it looks like.
    """

    def __init__(self, message: str, *, may_say_why: bool = False) -> None:
        super().__init__(message)
        self.may_say_why = may_say_why


class Uploader(Protocol):
    """Keeps the files of answers, under the same circle and office as the answers."""

    def keep(
        self,
        *,
        actor: Person,
        form_set: AnswerSet,
        key: str,
        sent: UploadedFile,
        accepts: tuple[str, ...],
        today: date,
        verb: Verb = Verb.WRITE,
        why: str = "",
    ) -> Card:
        """Check and keep one file; ``verb`` is what ``actor`` must be allowed to do, ``why`` what they say about a file
        that looks like something that does not belong here. Raises FileRefused."""

    def check(self, sent: UploadedFile, accepts: tuple[str, ...]) -> None:
        """Whether it is one of these kinds by its content, holds no macros and unpacks to no more than can be read.
        Keeps nothing. Raises FileRefused."""

    def cards(self, refs: Iterable[str]) -> Mapping[str, Card]:
        """The files behind these references, as far as the acting person may see them; one query."""


class NoUploader(LookupError):
    """A form asks for files, and no room keeps them."""


_uploader: list[Uploader] = []


def register(uploader: Uploader) -> None:
    """The one uploader; a later one takes its place."""
    _uploader[:] = [uploader]


def uploader() -> Uploader:
    """The registered uploader. Raises NoUploader."""
    if not _uploader:
        raise NoUploader("No room keeps files.")
    return _uploader[0]


def cards(refs: Iterable[str]) -> Mapping[str, Card]:
    """The files behind these references, where a room keeps files and the acting person may see them. One query at
    most, none when there is nothing to ask."""
    wanted = list(refs)
    return _uploader[0].cards(wanted) if wanted and _uploader else {}
