"""Text sent to a return that somebody else answers now, or that was signed or closed since, is shown to its writer."""

from collections.abc import Callable

from django.test import Client

from tests.assurance.conftest import NOW, SHORT, Round
from tests.personas import TODAY
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.operations import cycles, returns

Browse = Callable[[str], Client]
FRAMEWORK = framework_called(SHORT)
STANDARD = FRAMEWORK.standards[0]
ITEM = STANDARD.items[0]
SAID = item_keys(ITEM.key).said


def begun(cycle_round: Round) -> str:
    with cycle_round.acting("head") as actor:
        returns.begin(actor=actor, ret=cycle_round.fresh("school"), today=TODAY, now=NOW)
    reference: str = cycle_round.fresh("school").record.reference
    return f"/self-audits/returns/{reference}/form/"


def late(client: Client, form: str) -> str:
    sent = {SAID: "Typed with the page open", f"_rev-{SAID}": "0", "_go": "continue"}
    response = client.post(f"{form}page/{STANDARD.key}/", sent)
    assert response.status_code == 409, response.status_code
    text: str = response.content.decode()
    assert "Typed with the page open" in text
    assert f"{FRAMEWORK.numbers[ITEM.key]} {ITEM.text}" in text, "the line is named"
    assert "What does this rest on?" in text
    return text


def share_out(cycle_round: Round) -> None:
    with cycle_round.acting("head") as actor:
        returns.share_out(actor=actor, ret=cycle_round.fresh("school"), owners={STANDARD.key: [actor]})


def test_given_to_somebody_else(cycle_round: Round, browse: Browse) -> None:
    form, client = begun(cycle_round), browse("head_contributor")
    share_out(cycle_round)
    assert "was given to Jo Ashdown to answer" in late(client, form)
    saved = {"set": cycle_round.returns["school"].answers_id, "q": SAID, SAID: "Typed", f"_rev-{SAID}": "0"}
    told = client.post(f"{form}save/", saved)
    assert told.status_code == 409
    assert "somebody else answers it" in told.json()["refused"]


def test_signed_since(cycle_round: Round, browse: Browse) -> None:
    form, client = begun(cycle_round), browse("head_contributor")
    cycle_round.answer("school", "head")
    cycle_round.sign("school", "head_signatory")
    assert "Kit Monro signed and sent this form" in late(client, form)


def test_the_cycle_was_closed(cycle_round: Round, browse: Browse) -> None:
    form, client = begun(cycle_round), browse("head_contributor")
    with cycle_round.acting("business_manager") as actor:
        cycles.close(actor=actor, cycle=cycle_round.cycle, today=TODAY)
    assert "clos" in late(client, form)
