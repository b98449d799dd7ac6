"""Addresses of setting a board up, under /start/."""

from __future__ import annotations

from django.urls import path

from wholestory.config.start import views

app_name = "start"
urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/<str:token>/", views.sign_in, name="sign_in"),
    path("steps/", views.steps, name="steps"),
    path("board/", views.board, name="board"),
    path("areas/", views.areas, name="areas"),
    path("membership/", views.membership, name="membership"),
    path("team/", views.team, name="team"),
    path("framework/", views.framework, name="framework"),
    path("later/<slug:key>/", views.later, name="later"),
    path("finish/", views.finish, name="finish"),
]
