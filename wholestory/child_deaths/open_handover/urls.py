from django.urls import path

from wholestory.child_deaths.open_handover import views

app_name = "handover"
urlpatterns = [
    path("thank-you/", views.thanks, name="thanks"),
    path("<slug:token>/", views.page, name="page"),
]
