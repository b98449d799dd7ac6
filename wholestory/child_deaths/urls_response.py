"""Addresses of the first response, of what runs beside a review, and of holds."""

from __future__ import annotations

from django.urls import URLPattern, path

from wholestory.child_deaths.views import holds, outside, response

_CASE = "cases/<str:reference>"

routes: list[URLPattern] = [
    path(f"{_CASE}/response/", response.page, name="response"),
    path(f"{_CASE}/response/decide/", response.decide, name="response_decide"),
    path(f"{_CASE}/response/expected/", response.expected, name="response_expected"),
    path(f"{_CASE}/response/record/<slug:kind>/", response.add, name="response_add"),
    path(f"{_CASE}/response/correct/<uuid:step>/", response.correct, name="response_correct"),
    path(f"{_CASE}/response/next/", response.add_task, name="response_task"),
    path(f"{_CASE}/response/next/<uuid:task>/done/", response.task_done, name="response_task_done"),
    path(f"{_CASE}/processes/", outside.page, name="processes"),
    path(f"{_CASE}/processes/record/<slug:kind>/", outside.add, name="process_add"),
    path(f"{_CASE}/processes/<uuid:process>/", outside.change, name="process_change"),
    path(f"{_CASE}/processes/disclosed/", outside.disclose, name="disclose"),
    path(f"{_CASE}/processes/police-view/", outside.suspect, name="suspect"),
    path("holds/", holds.every, name="open_holds"),
    path(f"{_CASE}/holds/", holds.page, name="holds"),
    path(f"{_CASE}/holds/begin/", holds.begin, name="hold_begin"),
    path(f"{_CASE}/holds/<uuid:hold>/keep/", holds.extend, name="hold_extend"),
    path(f"{_CASE}/holds/<uuid:hold>/end/", holds.end, name="hold_end"),
]
