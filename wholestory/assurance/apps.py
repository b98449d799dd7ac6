from importlib import import_module

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    name = "wholestory.assurance"
    label = "assurance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Makes the duty's forms and pathway known to the rooms below, which may not import this one.
        import_module("wholestory.assurance.definitions.pathway")
        escalating = import_module("wholestory.assurance.operations.escalating")
        import_module("wholestory.correspondence.watching").register("assurance.return", escalating.WATCH)
        lapsing = import_module("wholestory.assurance.lapsing")
        import_module("wholestory.paperwork.watching").register("assurance.return", lapsing.answers_changed)
        import_module("wholestory.correspondence.overtaken").register(
            "assurance.return", import_module("wholestory.assurance.overtaken").overtaken
        )
        evidence = import_module("wholestory.assurance.evidence")
        import_module("wholestory.documents.gates").register("assurance.return", evidence.why_not)
        import_module("wholestory.documents.gates").register("assurance.evidence", evidence.why_not_in_list)
        own = import_module("wholestory.assurance.own_frameworks")
        import_module("wholestory.assurance.definitions").find_in(own.called)
        import_module("wholestory.assurance.definitions.comparing").confirmed_in(own.confirmed)
