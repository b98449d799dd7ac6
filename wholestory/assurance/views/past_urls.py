"""The addresses of what is brought in from files of an earlier time."""

from __future__ import annotations

from django.urls import path

from wholestory.assurance.views import past, past_check, past_said, past_steps

urlpatterns = [
    path("past/", past.home, name="past_home"),
    path("past/new/", past.new, name="past_new"),
    path("past/<str:reference>/", past.page, name="past"),
    path("past/<str:reference>/check/", past_check.check, name="past_check"),
    path("past/<str:reference>/put-aside/", past.discard, name="past_discard"),
    path("past/<str:reference>/take-back/", past.undo, name="past_undo"),
    path("past/<str:reference>/<slug:step>/", past_steps.step, name="past_step"),
    path("returns/<str:reference>/brought-in/", past_said.say, name="past_say"),
]
