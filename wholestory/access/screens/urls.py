"""Addresses of the pages about access; part of the room's own (``wholestory.access.urls``)."""

from __future__ import annotations

from django.urls import path

from wholestory.access.screens import emergency, record_search, seeing

urlpatterns = [
    path("access/record/", record_search.record_search, name="record_search"),
    path("access/may-this-person/", seeing.explain, name="explain"),
    path("access/kept-out/", seeing.refusals, name="refusals"),
    path("access/kept-out/<uuid:key>/lift/", seeing.lift, name="lift"),
    path("access/emergency/", emergency.emergencies, name="emergencies"),
    path("access/emergency/take/", emergency.take, name="emergency_take"),
    path("access/emergency/<uuid:key>/", emergency.emergency, name="emergency"),
    path("access/emergency/<uuid:key>/end/", emergency.end, name="emergency_end"),
    path("access/records/<str:reference>/who/", seeing.who_can_see, name="who_can_see"),
    path("access/records/<str:reference>/who/step-aside/", seeing.step_aside, name="step_aside"),
    path("access/records/<str:reference>/keep-out/", seeing.refuse, name="refuse"),
]
