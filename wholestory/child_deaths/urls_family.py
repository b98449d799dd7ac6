"""Addresses of the family's record."""

from __future__ import annotations

from django.urls import URLPattern, path

from wholestory.child_deaths.views import family, family_said

_ONE = "families/<str:reference>"

routes: list[URLPattern] = [
    path("cases/<str:reference>/family/", family.begin, name="family_begin"),
    path("families/", family.every, name="families"),
    path(f"{_ONE}/", family.page, name="family"),
    path(f"{_ONE}/key-worker/", family.key_worker, name="key_worker"),
    path(f"{_ONE}/no-key-worker/", family.no_key_worker, name="no_key_worker"),
    path(f"{_ONE}/people/", family.add_carer, name="carer_add"),
    path(f"{_ONE}/people/<uuid:carer>/", family.change_carer, name="carer_change"),
    path(f"{_ONE}/people/<uuid:carer>/letter/", family_said.letters, name="family_letters"),
    path(f"{_ONE}/people/<uuid:carer>/letter/<slug:kind>/", family_said.letter, name="family_letter"),
    path(f"{_ONE}/support/", family.support, name="family_support"),
    path(f"{_ONE}/contact/", family_said.contact, name="family_contact"),
    path(f"{_ONE}/questions/", family_said.question, name="family_question"),
    path(f"{_ONE}/questions/<uuid:question>/pass-on/", family_said.route, name="family_route"),
    path(f"{_ONE}/questions/<uuid:question>/answer/", family_said.answer, name="family_answer"),
    path(f"{_ONE}/questions/<uuid:question>/no-answer/", family_said.no_answer, name="family_no_answer"),
    path(f"{_ONE}/quiet-day/", family.quiet, name="quiet_day"),
    path(f"{_ONE}/meeting/", family.tell_date, name="family_date"),
    path(f"{_ONE}/request/", family_said.receive, name="family_request"),
    path(f"{_ONE}/request/<uuid:asked>/", family_said.settle, name="family_settle"),
]
