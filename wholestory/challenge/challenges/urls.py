from django.urls import path

from wholestory.challenge.challenges import steps, views

app_name = "challenges"
urlpatterns = [
    path("", views.every, name="list"),
    path("put/", views.put, name="put"),
    path("further/", views.ladder, name="ladder"),
    path("<str:reference>/", views.challenge, name="challenge"),
    path("<str:reference>/answer/", steps.answer, name="answer"),
    path("<str:reference>/ask-more/", steps.ask_more, name="ask_more"),
    path("<str:reference>/more-time/", steps.give_time, name="give_time"),
    path("<str:reference>/take-further/", steps.escalate, name="escalate"),
    path("<str:reference>/action/", steps.agree_action, name="agree_action"),
    path("<str:reference>/settle/", steps.settle, name="settle"),
    path("<str:reference>/withdraw/", steps.withdraw, name="withdraw"),
    path("<str:reference>/difference/", steps.difference, name="difference"),
]
