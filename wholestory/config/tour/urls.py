from django.urls import path

from wholestory.config.tour import views

app_name = "tour"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:number>/", views.go, name="go"),
    path("<int:number>/on/", views.go, {"on": True}, name="go_on"),
]
