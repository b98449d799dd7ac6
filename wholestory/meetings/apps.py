from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "wholestory.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Files put before a confidential item stay shut until the member has declared.
        papers = import_module("wholestory.meetings.papers")
        import_module("wholestory.documents.gates").register_opening("meetings.item", papers.why_shut)
