from importlib import import_module

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "wholestory.assurance"
    label = "assurance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Makes the duty's forms and pathway known to the rooms below, which may not import this one.
        import_module("wholestory.assurance.definitions.pathway")
        evidence = import_module("wholestory.assurance.evidence")
        import_module("wholestory.documents.gates").register("assurance.return", evidence.why_not)
