from django.urls import path

from wholestory.config.api import pages
from wholestory.config.api.api import addresses

app_name = "api"
urlpatterns = [
    path("", pages.operations, name="operations"),
    path("openapi.json", pages.openapi, name="openapi"),
    *addresses(),
]
