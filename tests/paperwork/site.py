"""Addresses for tests: a form's pages mounted as a room would mount them."""

from django.urls import include, path

from tests.paperwork.kitchen_sink import KITCHEN_SINK
from wholestory.access import reading
from wholestory.access.asking import ask
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.config.urls import urlpatterns as house
from wholestory.paperwork.faces import Offers
from wholestory.paperwork.filling import Filling, Surroundings
from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Person

assert KITCHEN_SINK

HEAD_ONLY = {"Alex Reed": frozenset({"leadership", "last"})}


def surround(request: Request, reference: str) -> Surroundings:
    sets = AnswerSet.objects.select_related("record__board", "form_version").defer("form_version__definition")
    form_set = reading.one(request, sets, reference=reference)
    return Surroundings(
        form_set,
        "Self-audit 2015/16",
        back_url="/back/",
        about="Willow Lane Academy",
        may_write=bool(ask(request.person, Verb.WRITE, form_set.record)),
        pages=HEAD_ONLY.get(request.person.full_name),
        owners={"staff": "Jo Ashdown"},
        finish_url="/finish/",
        finish_words="Continue to sign-off",
    )


def offers(request: Request, form_set: AnswerSet) -> Offers:
    names = [
        (str(each.id), each.full_name)
        for each in Person.objects.filter(is_system=False).order_by("full_name")
    ]
    return Offers(people=lambda question: names)


FORM = Filling(
    kind="assurance.return",
    surround=surround,
    pages_to_write=lambda request, set_id: HEAD_ONLY.get(request.person.full_name),
    offers=offers,
)
room = FORM.urls("<str:reference>/form/")
urlpatterns = [path("trial/", include((room, "trial"))), *house]
handler404 = "wholestory.config.refusals.not_found"
handler500 = "wholestory.config.refusals.server_error"
