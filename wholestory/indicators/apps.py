from importlib import import_module

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "wholestory.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Makes what this room writes to people known to the room that sends it, which may not import this one.
        wordings = import_module("wholestory.indicators.definitions.wordings")
        import_module("wholestory.correspondence.definitions").register(*wordings.WORDINGS)
        import_module("wholestory.documents.rotation").register(
            import_module("wholestory.indicators.operations.rewrapping").rewrap
        )
        import_module("wholestory.correspondence.overtaken").register(
            "indicators.return", import_module("wholestory.indicators.overtaken").overtaken
        )
