"""The agency's side: start, share out, sign, nil return, open again, answer a query, reply to the result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.actions import operations as actions
from wholestory.actions.models import Source
from wholestory.assurance.answers import framework_of, plans_of
from wholestory.assurance.definitions.comparing import carried_keys
from wholestory.assurance.definitions.declarations import SENIOR_OFFICER, declaration_for
from wholestory.assurance.models import Query, Return, SectionOwner, SignOff, Stage, StageChange
from wholestory.assurance.operations import evidence_uses, longer, shared_answers, signing_together
from wholestory.assurance.operations.as_read import answers_read
from wholestory.assurance.operations.carrying import same_questions
from wholestory.assurance.operations.interim_copy import copy_baseline, promised_before
from wholestory.assurance.operations.moving import held, move
from wholestory.assurance.operations.succession import earlier_returns, previous_return
from wholestory.assurance.status import OPEN_STAGES
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork import queries as answers
from wholestory.paperwork.models import Status
from wholestory.partners.models import Person

#: What ``access.policy`` calls the part of a return that only those who speak for the agency do.
AGENCY_SPEAKS = "assurance.agency_speaks"
__all__ = [
    "AGENCY_SPEAKS", "ReturnRefused", "answer_queries", "ask_to_sign", "begin",
    "earlier_returns", "previous_return", "reopen", "reply", "send_back", "share_out", "sign_nil", "sign_off",
]  # fmt: skip
#: What the history calls asking the signatory to sign. The stage stays as it is.
ASKED_TO_SIGN = "asked_to_sign"


class ReturnRefused(ValueError):
    """The return cannot be changed like that now; the message says what to do."""


@transaction.atomic
def begin(*, actor: Person, ret: Return, today: date, now: datetime) -> None:
    """Start answering: last time's answers come forward as drafts to confirm, so that nobody types them twice.

    Where the framework changed since, only items that ask the same come forward; the others start blank.
    """
    asking.require(actor, Verb.WRITE, ret.record)
    if held(ret) != Stage.ISSUED:
        return
    move(ret, "begun", actor=actor, today=today)
    if ret.baseline_id is not None:
        copy_baseline(actor=actor, ret=ret, now=now)
        evidence_uses.carry_forward(actor=actor, ret=ret, before=ret.baseline_id, lines=None, today=today)
        return
    for before in earlier_returns(ret, actor=actor):
        # What a body that ended had answered is not this agency's to open: the system carries it over.
        own = before.agency_id == ret.agency_id
        paperwork.carry_forward(
            actor=actor,
            source_id=before.answers_id,
            target_id=ret.answers_id,
            now=now,
            same=same_questions(before, ret),
            read_as=None if own else acting.as_system(ret.board_id, "tally"),
        )
        carried = carried_keys(framework_of(before), framework_of(ret))
        evidence_uses.carry_forward(actor=actor, ret=ret, before=before.id, lines=carried, today=today)


@transaction.atomic
def share_out(*, actor: Person, ret: Return, owners: Mapping[str, list[Person]]) -> None:
    """Say who answers which standard. A standard without an owner is open to everyone at the agency."""
    asking.require(actor, Verb.WRITE, ret.record, kind=AGENCY_SPEAKS)
    known = {standard.key for standard in framework_of(ret).standards}
    if unknown := set(owners) - known:
        raise ReturnRefused(f"There is no standard called {', '.join(sorted(unknown))}.")
    held(ret)
    ledger.line("assurance.shared_out", ret.record)
    SectionOwner.objects.filter(return_of=ret, standard__in=list(owners)).delete()
    SectionOwner.objects.bulk_create(
        [
            SectionOwner(
                return_of=ret,
                circle_id=ret.circle_id,
                office_id=ret.office_id,
                standard=standard,
                person=person,
            )
            for standard, people in owners.items()
            for person in people
        ]
    )


@transaction.atomic
def sign_off(
    *, actor: Person, ret: Return, post: str, today: date, now: datetime, read: str | None = None
) -> SignOff:
    """The signatory declares these answers. Plans beside items below compliant become the agency's actions.

    Where several posts must sign, ``post`` is one of them, and the return stays open until all have signed the same
    answers: see ``signing_together``. ``read`` is what the signatory was shown: see ``as_read``. Raises
    paperwork's NotReady, with every problem and its page, while something is missing; NotAsRead when the answers,
    or the evidence beside them, changed after they were shown.
    """
    asking.require(actor, Verb.DECIDE, ret.record)
    standing = held(ret)
    read = answers_read(ret, read)
    if framework_of(ret).signatures and standing in OPEN_STAGES:
        try:
            one = signing_together.sign_in_part(
                actor=actor,
                ret=ret,
                post=post,
                declaration=_declared(ret, post),
                today=today,
                now=now,
                read=read,
            )
        except signing_together.NotYoursToSign as refused:
            raise ReturnRefused(str(refused)) from None
        if one is not None:
            return one
    sent = paperwork.submit(
        actor=actor, set_id=ret.answers_id, today=today, now=now, verb=Verb.DECIDE, read=read
    )
    move(ret, "signed_off", actor=actor, today=today)
    signed = _signed(ret, actor, post, sent.content_hash, today, now, is_nil=False)
    _promise_plans(ret, actor, today)
    shared_answers.share_core(ret=ret, today=today, now=now)
    return signed


@transaction.atomic
def sign_nil(*, actor: Person, ret: Return, post: str, reason: str, today: date, now: datetime) -> SignOff:
    """A signed answer with its reason: nothing here to assess, or another body does it. Not an absence."""
    asking.require(actor, Verb.DECIDE, ret.record)
    if not reason.strip():
        raise ReturnRefused("Say why there is nothing to assess: no such work here, or who does it instead.")
    ret.nil_reason = reason.strip()
    move(ret, "nil_returned", actor=actor, today=today, reason=ret.nil_reason)
    ret.save(update_fields=["nil_reason"])
    return _signed(ret, actor, post, "", today, now, is_nil=True)


def _declared(ret: Return, post: str) -> str:
    """Whose declaration was made: a governor's only where the return asks for one by post."""
    posts = framework_of(ret).signatures
    return (declaration_for(post) if posts else SENIOR_OFFICER).version


def _signed(
    ret: Return, actor: Person, post: str, digest: str, today: date, now: datetime, *, is_nil: bool
) -> SignOff:
    if not post.strip():
        raise ReturnRefused("Give your post: the board needs to know in what capacity you sign.")
    if is_nil:
        SignOff.objects.filter(return_of=ret, withdrawn_on=None).update(withdrawn_on=today)
    ret.signed_off_on = today
    ret.first_signed_on = ret.first_signed_on or today
    ret.save(update_fields=["signed_off_on", "first_signed_on"])
    return SignOff.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, person=actor, post=post.strip()[:120],
        declaration=_declared(ret, post), content_hash=digest, is_nil=is_nil, signed_at=now, signed_on=today,
    )  # fmt: skip


def _promise_plans(ret: Return, actor: Person, today: date) -> None:
    """One action per plan; the same words and date beside several items make one action that answers them all."""
    already = set(Source.objects.filter(record=ret.record_id).values_list("item", flat=True))
    already |= promised_before(ret)
    framework = framework_of(ret)
    together: dict[tuple[str, date], list[actions.Answers]] = {}
    for plan in plans_of(ret):
        if plan.item in already or not plan.words or plan.due_on is None:
            continue
        key = (" ".join(plan.words.split()).lower(), plan.due_on)
        together.setdefault(key, []).append(
            actions.Answers(
                record=ret.record,
                item=plan.item,
                standard=plan.standard,
                score=plan.score,
                item_title=f"{framework.numbers[plan.item]} {framework.items[plan.item].text}",
            )
        )
    words = {(" ".join(p.words.split()).lower(), p.due_on): p.words for p in plans_of(ret)}
    for (text, due_on), answered in together.items():
        full = words[(text, due_on)]
        actions.promise(
            actor=actor, board=ret.board, agency=ret.agency, title=_short(full), detail=full, due_on=due_on,
            owner=actor, today=today, answers=answered,
        )  # fmt: skip


def _short(text: str) -> str:
    first = text.strip().splitlines()[0]
    return first if len(first) <= 120 else first[:117].rsplit(" ", 1)[0] + "…"


@transaction.atomic
def ask_to_sign(*, actor: Person, ret: Return, today: date) -> None:
    """Whoever speaks for the agency says that it is ready: kept in the history, where the signatory's page finds it.

    Asking again on the same day adds nothing. Whoever signs is not asked to sign what cannot be signed.
    """
    asking.require(actor, Verb.WRITE, ret.record, kind=AGENCY_SPEAKS)
    stage = held(ret)
    if stage not in OPEN_STAGES:
        raise ReturnRefused("This return is signed already.")
    filled = answers.filled(ret.answers)
    if filled.sheet.progress(today=today).said == 0:
        raise ReturnRefused("Nothing is answered yet.")
    if filled.sheet.problems(today) or answers.open_clashes(filled):
        raise ReturnRefused("There are answers to put right before this return can be signed.")
    last = StageChange.objects.filter(return_of=ret).order_by("-created_at").first()
    if last is not None and (last.move, last.on) == (ASKED_TO_SIGN, today):
        return
    ledger.line("assurance.asked_to_sign", ret.record)
    StageChange.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, move=ASKED_TO_SIGN, from_stage=stage,
        to_stage=stage, by=actor, on=today,
    )  # fmt: skip


@transaction.atomic
def reopen(*, actor: Person, ret: Return, reason: str, today: date) -> None:
    """Change something after signing: the signature is withdrawn and must be given again."""
    verb = "nil_reopened" if ret.stage == Stage.NIL else "reopened"
    asking.require(actor, Verb.DECIDE, ret.record)
    move(ret, verb, actor=actor, today=today, reason=reason.strip())
    _unsign(ret, actor, today, Verb.DECIDE)


@transaction.atomic
def send_back(*, actor: Person, ret: Return, reason: str, today: date, until: date | None = None) -> None:
    """The board opens a signed return again for the agency, with the reason and a day to sign it again by.

    Without ``until`` it is ten working days on. An agency that answered does not become one that is late by it.
    """
    asking.require(actor, Verb.MANAGE, ret.record)
    if not reason.strip():
        raise ReturnRefused("Say why the return is opened again.")
    last, until = ret.extended_to or ret.due_on, until or longer.day_to_put_right(ret, today)
    if until < max(last, today):
        day = max(last, today)
        raise ReturnRefused(f"Choose {day.day} {day:%B %Y} or a later day: they have time until then.")
    move(ret, "sent_back", actor=actor, today=today, reason=reason.strip())
    _unsign(ret, actor, today, Verb.MANAGE)
    if until > last:
        longer.put_right(actor=actor, ret=ret, to=until, today=today)


def _unsign(ret: Return, actor: Person, today: date, verb: Verb) -> None:
    SignOff.objects.filter(return_of=ret, withdrawn_on=None).update(withdrawn_on=today)
    ret.signed_off_on = None
    ret.save(update_fields=["signed_off_on"])
    if ret.answers.status == Status.SUBMITTED:
        paperwork.reopen(actor=actor, set_id=ret.answers_id, verb=verb)
        shared_answers.take_again(ret=ret, today=today)


@transaction.atomic
def answer_queries(*, actor: Person, ret: Return, said: Mapping[UUID, str], today: date) -> None:
    """Answer every open question of the board; the return goes back to its moderator."""
    asking.require(actor, Verb.WRITE, ret.record, kind=AGENCY_SPEAKS)
    waiting = list(Query.objects.filter(return_of=ret, answered_on=None))
    blank = [query for query in waiting if not said.get(query.id, "").strip()]
    if blank or not waiting:
        raise ReturnRefused("Answer every question before you send the answers.")
    move(ret, "query_answered", actor=actor, today=today)
    for query in waiting:
        query.answer, query.answered_by, query.answered_on = said[query.id].strip(), actor, today
    Query.objects.bulk_update(waiting, ["answer", "answered_by", "answered_on"])


@transaction.atomic
def reply(*, actor: Person, ret: Return, words: str, today: date) -> None:
    """The agency's one reply to the released result. It stands beside the result and changes no score."""
    asking.require(actor, Verb.WRITE, ret.record, kind=AGENCY_SPEAKS)
    if held(ret) != Stage.RELEASED:
        raise ReturnRefused("You can reply once the result has been released.")
    if ret.replied_on is not None:
        raise ReturnRefused(
            "Your organisation has already replied. Telephone the board's team if something is wrong."
        )
    if not words.strip():
        raise ReturnRefused("Write your reply.")
    ledger.line("assurance.replied", ret.record)
    ret.reply, ret.replied_by, ret.replied_on = words.strip(), actor, today
    ret.save(update_fields=["reply", "replied_by", "replied_on"])
