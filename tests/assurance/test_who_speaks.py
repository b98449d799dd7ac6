"""Who speaks for an agency: its lead, a substitute, the signatory. A contributor answers the parts they were given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import Round
from tests.personas import LONG_AGO, TODAY
from wholestory.access import derive
from wholestory.access.asking import NotForYou
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import as_form
from wholestory.assurance.models import Query, Return, SectionOwner
from wholestory.assurance.operations import moderation, returns
from wholestory.partners.models import Role, Seat

Browse = Callable[[str], Client]
SPEAKERS = ("head", "head_signatory", "substitute")
SENTENCE = "for your organisation’s lead, a substitute or the person who signs"


def at_stage(made: Round, name: str) -> Return:
    """The school's return where ``name`` can be done with it."""
    if name == "share":
        return made.fresh("school")
    made.answer("school", "head", 2)
    made.sign("school", "head_signatory")
    if name == "reply":
        made.release("school")
    else:
        with made.acting("quality_officer") as actor:
            moderation.query(
                actor=actor, ret=made.fresh("school"), questions={"": "Which year?"}, today=TODAY
            )
    return made.fresh("school")


def sent(made: Round, name: str) -> dict[str, str]:
    if name == "share":
        standard = as_form(framework_called("short_self_assessment")).pages[0].key
        return {f"owner-{standard}": str(made.world.people["head_contributor"].id)}
    if name == "reply":
        return {"words": "We agree."}
    with made.acting("head"):
        return {f"answer-{Query.objects.get().id}": "2015/16"}


def done(made: Round, name: str) -> bool:
    with made.acting("head"):
        return {
            "share": SectionOwner.objects.exists(),
            "answer_queries": Query.objects.exclude(answered_on=None).exists(),
            "reply": Return.objects.exclude(replied_on=None).exists(),
        }[name]


def as_substitute(made: Round) -> None:
    """The stranger becomes the school's substitute contact."""
    person = made.world.people["stranger"]
    made.world.people["substitute"] = person
    made.world.seats["substitute"] = Seat.objects.create(
        person=person, board=made.world.board, role=Role.SUBSTITUTE, agency=made.world.agencies["school"],
        starts_on=LONG_AGO,
    )  # fmt: skip
    derive.rewrite(person)


@pytest.mark.parametrize("name", ["share", "answer_queries", "reply"])
def test_a_contributor_is_refused_in_plain_words_and_offered_no_button(
    name: str, cycle_round: Round, browse: Browse
) -> None:
    ret = at_stage(cycle_round, name)
    url = reverse(f"assurance:{name}", args=[ret.record.reference])
    client = browse("head_contributor")
    assert url not in client.get(reverse("assurance:return", args=[ret.record.reference])).content.decode()
    for answer in (client.get(url), client.post(url, sent(cycle_round, name))):
        assert answer.status_code == 403
        assert SENTENCE in answer.content.decode()
    assert not done(cycle_round, name)


@pytest.mark.parametrize("name", ["share", "answer_queries", "reply"])
@pytest.mark.parametrize("who", SPEAKERS)
def test_those_who_speak_for_it_are_offered_it_and_do_it(
    name: str, who: str, cycle_round: Round, browse: Browse
) -> None:
    as_substitute(cycle_round)
    ret = at_stage(cycle_round, name)
    url = reverse(f"assurance:{name}", args=[ret.record.reference])
    client = browse(who)
    assert url in client.get(reverse("assurance:return", args=[ret.record.reference])).content.decode()
    assert client.post(url, sent(cycle_round, name)).status_code == 302
    assert done(cycle_round, name)


@pytest.mark.parametrize("who", ["police_lead", "chair"])
@pytest.mark.parametrize("name", ["share", "answer_queries", "reply"])
def test_everybody_else_finds_nothing(name: str, who: str, cycle_round: Round, browse: Browse) -> None:
    ret = at_stage(cycle_round, name)
    url = reverse(f"assurance:{name}", args=[ret.record.reference])
    assert browse(who).post(url, sent(cycle_round, name)).status_code == 404


def test_the_operations_ask_for_themselves(cycle_round: Round) -> None:
    with cycle_round.acting("head_contributor") as actor:
        ret = cycle_round.fresh("school")
        with pytest.raises(NotForYou):
            returns.share_out(actor=actor, ret=ret, owners={})
        with pytest.raises(NotForYou):
            returns.reply(actor=actor, ret=ret, words="We agree.", today=TODAY)
        with pytest.raises(NotForYou):
            returns.answer_queries(actor=actor, ret=ret, said={}, today=TODAY)


def test_a_lead_elsewhere_is_a_contributor_here(cycle_round: Round, browse: Browse) -> None:
    """Somebody who leads one agency and contributes to another writes only their own part of the other's return."""
    world = cycle_round.world
    lead = world.people["police_lead"]
    Seat.objects.create(
        person=lead,
        board=world.board,
        role=Role.CONTRIBUTOR,
        agency=world.agencies["school"],
        starts_on=LONG_AGO,
    )
    derive.rewrite(lead)
    framework = framework_called("short_self_assessment")
    theirs, mine = framework.standards[0].key, framework.standards[1].key
    with cycle_round.acting("head") as actor:
        owners = {theirs: [world.people["head_contributor"]], mine: [lead]}
        returns.share_out(actor=actor, ret=cycle_round.fresh("school"), owners=owners)
    reference = cycle_round.fresh("school").record.reference
    client = browse("police_lead")
    for page, writes in ((theirs, False), (mine, True)):
        shown = client.get(reverse("assurance:form_page", args=[reference, page])).content.decode()
        assert ("<textarea" in shown) is writes
