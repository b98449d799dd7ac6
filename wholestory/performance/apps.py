from importlib import import_module

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "wholestory.performance"
    label = "performance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # A report and a challenge on an agenda have their pages here.
        registry = import_module("wholestory.meetings.registry")
        registry.register_kind("performance.report", "performance:report")
        registry.register_kind("challenge.challenge", "challenges:challenge")
        # On a measure's page stand the challenges about it and the promises meant to move it.
        ours = import_module("wholestory.performance.beside")
        figures = import_module("wholestory.indicators.beside")
        figures.register(ours.challenged)
        figures.register(ours.promised)
        # A challenge is about a measure there is, and starts with the group that reads the figures.
        measured = import_module("wholestory.performance.measured")
        import_module("wholestory.challenge.measures").register(measured.known, measured.reading_group)
        # A release of published figures that a report shows is not taken back.
        import_module("wholestory.performance.release_watch")
