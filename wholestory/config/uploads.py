"""Joins two rooms that may not know each other: the forms' file questions, and the room that keeps files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from wholestory.access.verbs import Verb
from wholestory.documents import operations, queries
from wholestory.documents.operations import Upload
from wholestory.documents.rules.content import NotTaken, in_words, what_is
from wholestory.documents.rules.names import tidy
from wholestory.documents.shelf import Unreachable
from wholestory.paperwork.models import AnswerSet
from wholestory.paperwork.uploads import Card, FileRefused
from wholestory.partners.models import Person


class DocumentUploader:
    """Keeps a file answer under the record the form belongs to, so that the same people see both."""

    def keep(
        self,
        *,
        actor: Person,
        form_set: AnswerSet,
        key: str,
        sent: UploadedFile[bytes],
        accepts: tuple[str, ...],
        today: date,
        verb: Verb = Verb.WRITE,
        why: str = "",
    ) -> Card:
        """Check, scan, seal and keep one file. Raises FileRefused with the reason for the person."""
        ending = (sent.name or "").rpartition(".")[2].lower()
        if accepts and ending not in accepts:
            raise FileRefused(f"“{sent.name}” cannot be added here. Send {in_words(accepts)}")
        try:
            kept = operations.keep(
                actor=actor, about=form_set.record, upload=cast(Upload, sent), today=today, now=timezone.now(),
                accepts=accepts, verb=verb, not_about_a_child=why,
            )  # fmt: skip
        except operations.LooksLikeAChild as looks:
            raise FileRefused(str(looks), may_say_why=True) from looks
        except (NotTaken, operations.NotNow, Unreachable) as refused:
            raise FileRefused(str(refused)) from refused
        return _card(queries.line(kept))

    def check(self, sent: UploadedFile[bytes], accepts: tuple[str, ...]) -> None:
        """What ``keep`` asks of a file's kind and content, asked before anything reads it."""
        try:
            what_is(tidy(sent.name or ""), sent.size or 0, cast(Upload, sent).file, accepts)
        except NotTaken as refused:
            raise FileRefused(str(refused)) from refused

    def cards(self, refs: Iterable[str]) -> Mapping[str, Card]:
        """The files behind these references that the acting person may see; one query."""
        found = queries.files().filter(record__reference__in=list(refs))
        return {file.record.reference: _card(queries.line(file)) for file in found}


def _card(line: queries.FileLine) -> Card:
    return Card(line.reference, line.name, url=line.about_url, size=line.size, note=line.state_label)
