"""The addresses of what happens while a cycle runs."""

from __future__ import annotations

from django.urls import path

from wholestory.assurance.views import burden, escalating, interim, more_time, refusals, scope, taking_back

urlpatterns = [
    path("minutes/", burden.own, name="minutes"),
    path("minutes/by-agency/", burden.burden, name="burden"),
    path("cycles/<str:reference>/ask/", scope.issue, name="issue"),
    path("cycles/<str:reference>/scope/", scope.page, name="scope"),
    path("cycles/<str:reference>/interim/", interim.prepare, name="interim"),
    path("returns/<str:reference>/changes/", interim.changes, name="changes"),
    path("returns/<str:reference>/letter/<slug:rung>/", escalating.letter, name="escalate"),
    path("returns/<str:reference>/ask-for-more-time/", more_time.ask, name="more_time"),
    path(
        "returns/<str:reference>/ask-for-more-time/take-back/", taking_back.more_time, name="more_time_back"
    ),
    path("returns/<str:reference>/ready/take-back/", taking_back.signing, name="ready_back"),
    path("returns/<str:reference>/more-time-asked/", more_time.decide, name="more_time_decide"),
    path("returns/<str:reference>/refused/", refusals.refuse, name="refuse"),
    path("returns/<str:reference>/ask-again/", refusals.ask_again, name="ask_again"),
    path("returns/<str:reference>/hand-over/", refusals.hand_over, name="hand_over"),
]
