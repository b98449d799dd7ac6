"""A change after the first of several signatures: said on the form before, crossed out at once, and told to whoever
signed."""

from __future__ import annotations

from wholestory.assurance import letters
from wholestory.assurance.definitions import NoSuchFramework, framework_called
from wholestory.assurance.models import Return
from wholestory.assurance.operations.signing_together import lapse
from wholestory.assurance.queries.signatures import Signatures
from wholestory.assurance.status import OPEN_STAGES
from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Person


def answers_changed(form_set: AnswerSet, by: Person) -> None:
    """Cross out the signatures that no longer hold, and tell those who gave them. No query where one person signs."""
    version = form_set.form_version
    try:
        posts = framework_called(version.key, version.version).signatures
    except NoSuchFramework:
        posts = ()  # a form that no framework made names no posts that sign
    if not posts:
        return
    rows = Return.objects.select_related("record", "agency", "board").filter(answers=form_set)
    ret = rows.filter(stage__in=OPEN_STAGES).first()
    if ret is None:
        return
    ret.answers = form_set
    today = ret.board.today()
    lapsed = lapse(actor=by, ret=ret, today=today)
    letters.tell_lapsed(actor=by, ret=ret, lapsed=lapsed, today=today)


def words(given: Signatures) -> str:
    """What to say on the form: that a change undoes a signature, or that it has undone one; else empty."""
    told = [
        f"{one.person} has signed these answers as {one.post}. If you change one, that signature no longer holds:"
        f" {one.person} is told by e-mail, and has to read and sign again."
        for one in given.holding
    ]
    told += [
        f"Answers were changed after {one.person} signed as {one.post}, so that signature no longer holds."
        f" {one.person} reads and signs again once the answers are right."
        for one in given.lapsed
    ]
    return " ".join(told)
