"""Addresses of the gallery. `config` includes them in the demo and while debugging, and marks them public."""

from django.urls import path

from wholestory.govuk import gallery

urlpatterns = [
    path("ui-components", gallery.show, name="ui-components"),
    path("ui-components/<slug:name>", gallery.show, name="ui-components-page"),
]
