from django.urls import path

from wholestory.challenge import views

app_name = "challenge"
urlpatterns = [
    path("", views.every, name="list"),
    path("ask/", views.ask, name="ask"),
    path("<str:reference>/", views.question, name="question"),
]
