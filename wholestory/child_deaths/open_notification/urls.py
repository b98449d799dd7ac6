from django.urls import path

from wholestory.child_deaths.open_notification import views

app_name = "notify"
urlpatterns = [
    path("<slug:slug>/", views.page, name="page"),
    path("<slug:slug>/paper/", views.paper, name="paper"),
    path("<slug:slug>/sent/<str:signed>/", views.receipt, name="receipt"),
]
