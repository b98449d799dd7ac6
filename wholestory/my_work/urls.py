from django.urls import path

from wholestory.my_work import views

app_name = "my_work"
urlpatterns = [
    path("", views.home, name="home"),
    path("chair/", views.chair, name="chair"),
    path("lay-member/", views.lay, name="lay"),
    path("search/", views.search, name="search"),
]
