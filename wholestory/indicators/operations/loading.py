"""A return sent as a file: read and shown before it counts, then taken as the draft, or put aside."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.documents import operations as documents
from wholestory.documents.rules.content import NotTaken
from wholestory.documents.shelf import Unreachable
from wholestory.indicators.models import AgencyReturn, ReturnStage, Source, Submission, SubmissionState
from wholestory.indicators.operations import drafts
from wholestory.indicators.operations.moving import ReturnRefused, held, move
from wholestory.indicators.queries import came
from wholestory.indicators.queries.return_form import draft_of, lines_of_return, typed_of
from wholestory.indicators.rules import return_cells, return_file
from wholestory.indicators.rules.entries import Typed
from wholestory.indicators.rules.periods import Period
from wholestory.kernel import workbooks
from wholestory.kernel.workbooks import RawSheet
from wholestory.partners.models import Person

ENDINGS = ("xlsx", "ods", "csv")
#: A filled-in template has some kilobytes; this is room for pictures somebody pasted in.
MOST_BYTES = 5 * 1024 * 1024
_SHEETS, _COLUMNS = 12, 40
_MOST_TROUBLES = 500


class LoadRefused(ReturnRefused):
    """Nothing of the file was loaded; the message says why. ``may_say_why``: somebody may say that it is about no
    child, and send it again."""

    def __init__(self, words: str, *, may_say_why: bool = False) -> None:
        super().__init__(words)
        self.may_say_why = may_say_why


def read(name: str, content: bytes, ret: AgencyReturn) -> return_cells.Loaded:
    """What a file says about a return. Raises LoadRefused; nothing is written."""
    if len(content) > MOST_BYTES:
        raise LoadRefused(
            "The file is larger than 5 MB. A filled-in return is far smaller: check that it is the right one."
        )
    expected = return_cells.Expected(
        ret.record.reference, ret.agency.slug, ret.agency.name, Period(ret.period_start, ret.period_end),
        lines_of_return(ret),
    )  # fmt: skip
    try:
        return return_file.read(_sheets(name, content), expected)
    except return_cells.FileRefused as refused:
        raise LoadRefused(str(refused)) from refused


def _sheets(name: str, content: bytes) -> list[RawSheet]:
    if name.lower().endswith(".csv"):
        return [_csv(content)]
    try:
        return list(
            workbooks.read_raw(content, sheets=_SHEETS, rows=return_cells.MOST_ROWS, columns=_COLUMNS).sheets
        )
    except workbooks.HasPassword as trouble:
        raise LoadRefused(
            "The workbook has a password. Take it off, save the file and choose it again."
        ) from trouble
    except workbooks.TooLarge as trouble:
        raise LoadRefused(
            "The workbook holds more than is read. Copy your numbers into a fresh template."
        ) from trouble
    except workbooks.CannotRead as trouble:
        raise LoadRefused(
            "The file cannot be read as a workbook. Save it as Excel (.xlsx) and choose it again."
        ) from trouble


def _csv(content: bytes) -> RawSheet:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            said = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise LoadRefused("The file cannot be read as text. Save it as CSV in UTF-8 and choose it again.")
    try:
        rows = [tuple(row[:_COLUMNS]) for row in csv.reader(io.StringIO(said, newline=""))]
    except csv.Error as trouble:
        raise LoadRefused("The file is not a table of comma-separated values.") from trouble
    return RawSheet("CSV", tuple(rows[: return_cells.MOST_ROWS]), len(rows), _COLUMNS)


@transaction.atomic
def load(
    *, actor: Person, ret: AgencyReturn, upload: documents.Upload, today: date, now: datetime, why: str = ""
) -> Submission:
    """Read a file and keep it beside the return, to be looked through. Nothing counts yet. Raises LoadRefused: a file
    that cannot be read, or is of another agency or period, loads nothing. ``why`` says that it is about no child."""
    asking.require(actor, Verb.WRITE, ret.record)
    if held(ret) not in (ReturnStage.ASKED, ReturnStage.STARTED):
        raise LoadRefused(drafts.NOT_OPEN)
    name = (upload.name or "")[-200:]
    if not name.lower().endswith(tuple(f".{ending}" for ending in ENDINGS)):
        raise LoadRefused("Send an Excel file (.xlsx), an OpenDocument spreadsheet (.ods) or a CSV file.")
    upload.file.seek(0)
    content = upload.file.read(MOST_BYTES + 1)
    sha256 = hashlib.sha256(content).hexdigest()
    if _loaded_already(ret, sha256):
        raise LoadRefused("This very file was loaded already, so nothing changes.")
    found = read(name, content, ret)
    try:
        kept = documents.keep(
            actor=actor, about=ret.record, upload=upload, today=today, now=now, accepts=ENDINGS,
            not_about_a_child=why,
        )  # fmt: skip
    except documents.LooksLikeAChild as looks:
        raise LoadRefused(str(looks), may_say_why=True) from looks
    except (NotTaken, documents.NotNow, Unreachable) as refused:
        raise LoadRefused(str(refused)) from refused
    if ret.stage == ReturnStage.ASKED:
        move(ret, "started", actor=actor, today=today, now=now)
    return drafts.new(
        actor=actor, ret=ret, source=Source.WORKBOOK, today=today, now=now, file_name=name, sha256=sha256,
        file_reference=kept.record.reference,
        typed={"rows": {key: typed.kept for key, typed in found.rows.items()}},
        about={
            "looking": True, "form": found.form, "places": found.places, "provisional": sorted(found.provisional),
            "troubles": [asdict(one) for one in found.troubles[:_MOST_TROUBLES]],
        },
    )  # fmt: skip


def _loaded_already(ret: AgencyReturn, sha256: str) -> bool:
    rows = Submission.objects.filter(of_return=ret, sha256=sha256)
    return rows.exclude(state__in=(SubmissionState.UNDONE, SubmissionState.REFUSED)).exists()


def merged(ret: AgencyReturn, submission: Submission) -> dict[str, Typed]:
    """What would stand on the page: what the file says, and where it says nothing what stood there."""
    return typed_of(draft_of(ret)) | _new(submission)


def _new(submission: Submission) -> dict[str, Typed]:
    """The lines of which the file says something."""
    return {key: typed for key, typed in typed_of(submission).items() if not typed.blank or typed.note}


def _about(submission: Submission, before: Submission | None) -> dict[str, Any]:
    """How the draft was read once the file is used: lines that stay as they stood before did not come in it."""
    new = _new(submission)
    about = {name: value for name, value in submission.about.items() if name != "looking"}
    stay = [key for key in typed_of(before) if key not in new]
    ways, places = came.carried(before, stay) if before is not None else ({}, {})
    own = {key: place for key, place in about.get("places", {}).items() if key in new}
    return {**about, "places": {**places, **own}, came.CAME: ways}


@transaction.atomic
def use(
    *, actor: Person, ret: AgencyReturn, submission: Submission, today: date, now: datetime
) -> Submission:
    """Take a file that was looked through as the draft. What it leaves empty stays as it was on the page."""
    asking.require(actor, Verb.WRITE, ret.record)
    if held(ret) != ReturnStage.STARTED:
        raise LoadRefused(drafts.NOT_OPEN)
    submission = _looked_at(submission)
    before = draft_of(ret)
    rows = merged(ret, submission)
    ledger.line("indicators.file_used", submission.record)
    about = _about(submission, before)
    kept = {name: before.typed[name] for name in ("reasons", "meaning") if before and name in before.typed}
    standing = typed_of(before)
    brought = [key for key, typed in rows.items() if typed != standing.get(key)]
    typed_by = {
        **(before.typed.get(drafts.TYPED_BY, {}) if before else {}), **dict.fromkeys(brought, str(actor.pk)),
    }  # fmt: skip
    submission.typed = {
        **kept, "rows": {key: typed.kept for key, typed in rows.items()}, drafts.TYPED_BY: typed_by,
    }  # fmt: skip
    submission.about = about
    submission.reason, submission.at = before.reason if before else "", now
    submission.save(update_fields=["typed", "about", "reason", "at"])
    if before is not None:
        before.state = SubmissionState.UNDONE
        before.save(update_fields=["state"])
    return submission


@transaction.atomic
def put_aside(*, actor: Person, ret: AgencyReturn, submission: Submission) -> None:
    """Do not use a file that was looked through. The file itself stays beside the return."""
    asking.require(actor, Verb.WRITE, ret.record)
    held(ret)
    submission = _looked_at(submission)
    ledger.line("indicators.file_put_aside", submission.record)
    submission.state = SubmissionState.UNDONE
    submission.save(update_fields=["state"])


def _looked_at(submission: Submission) -> Submission:
    found = Submission.objects.select_for_update().select_related("record").get(pk=submission.pk)
    if found.state != SubmissionState.DRAFT or "looking" not in found.about:
        raise LoadRefused("This file was used or put aside already.")
    return found
