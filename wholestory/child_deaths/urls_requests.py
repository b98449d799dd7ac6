"""Addresses of what agencies are asked, and of the pages of those who answer; ``urls`` takes them in."""

from django.urls import URLPattern, path

from wholestory.child_deaths.views import answering, asked

routes: list[URLPattern] = [
    path("asked/<str:token>/", asked.asked, name="asked"),
    path("asked/<str:token>/code/", asked.asked_code, name="asked_code"),
    path("asked/<str:token>/again/", asked.asked_again, name="asked_again"),
    path("answering/<str:reference>/", answering.answering_page, name="answering"),
    path("answering/<str:reference>/nothing-known/", answering.nothing_known, name="nothing_known"),
    path("answering/<str:reference>/send/", answering.send, name="answering_send"),
    path("answering/<str:reference>/colleagues/", answering.colleague, name="answering_colleague"),
    path(
        "answering/<str:reference>/colleagues/<uuid:key>/take-off/",
        answering.take_off,
        name="answering_take_off",
    ),
    *answering.FORM.urls("answering/<str:reference>/forms/<slug:form>/"),
]
