from django.urls import path

from wholestory.assurance.open_survey import views

app_name = "survey"
urlpatterns = [
    path("thank-you/", views.thanks, name="thanks"),
    path("<slug:token>/", views.page, name="page"),
]
