from importlib import import_module

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "wholestory.performance"
    label = "performance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # A release of published figures that a report shows is not taken back.
        import_module("wholestory.performance.release_watch")
