"""Addresses of what agencies are asked, and of the pages of those who answer; ``urls`` takes them in."""

from django.urls import URLPattern, path

from wholestory.child_deaths.views import answering, asked, asked_signed_in, composite, requests

_ONE = "cases/<str:reference>/requests/<str:asked>/"

routes: list[URLPattern] = [
    path("requests/", requests.chase, name="chase"),
    path("cases/<str:reference>/requests/", requests.of_case, name="requests"),
    path("cases/<str:reference>/requests/ask/", requests.choose, name="requests_ask"),
    path("cases/<str:reference>/requests/<str:asked>/", requests.one, name="request"),
    path(_ONE + "more-time/", requests.more_time, name="request_more_time"),
    path(_ONE + "remind/", requests.remind, name="request_remind"),
    path(_ONE + "take-back/", requests.revoke, name="request_revoke"),
    path(_ONE + "open-again/", requests.reopen, name="request_reopen"),
    path(_ONE + "ask-somebody/", requests.name_somebody, name="request_name"),
    path(_ONE + "<slug:what>/", requests.act, name="request_act"),
    path(_ONE + "<slug:what>/<uuid:key>/", requests.act, name="request_act_on"),
    path("cases/<str:reference>/composite/", composite.page, name="composite"),
    path("cases/<str:reference>/composite/<slug:question>/", composite.choose, name="composite_choose"),
    path("asked/<str:token>/", asked.asked, name="asked"),
    path("asked/<str:token>/code/", asked.asked_code, name="asked_code"),
    path("asked/<str:token>/again/", asked.asked_again, name="asked_again"),
    path("answering/<str:reference>/", answering.answering_page, name="answering"),
    path("answering/<str:reference>/way-in/", asked_signed_in.way_in, name="answering_way_in"),
    path("answering/<str:reference>/nothing-known/", answering.nothing_known, name="nothing_known"),
    path("answering/<str:reference>/send/", answering.send, name="answering_send"),
    path("answering/<str:reference>/colleagues/", answering.colleague, name="answering_colleague"),
    path(
        "answering/<str:reference>/colleagues/<uuid:key>/take-off/",
        answering.take_off,
        name="answering_take_off",
    ),
    path("answering/<str:reference>/files/", answering.attach, name="answering_attach"),
    path(
        "answering/<str:reference>/files/<str:file>/wrong/", answering.wrong_file, name="answering_wrong_file"
    ),
    *answering.FORM.urls("answering/<str:reference>/forms/<slug:form>/"),
]
