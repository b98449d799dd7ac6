from importlib import import_module

from django.apps import AppConfig


class ChildDeathsConfig(AppConfig):
    name = "wholestory.child_deaths"
    label = "child_deaths"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Makes the duty's forms and pathway known to the rooms below, which may not import this one.
        import_module("wholestory.child_deaths.definitions")
        import_module("wholestory.child_deaths.pathway")
        # Keeps the index of who may be the same child in step with what is kept.
        import_module("wholestory.child_deaths.match_signals")
        # Keeps the rows that figures are counted from in step with the cases.
        import_module("wholestory.child_deaths.figures_signals")
        # A letter to a family is looked at once more before it is signed and before it goes.
        import_module("wholestory.child_deaths.family_watch")
        # A request to an agency is begun when an answer is typed into one of its forms.
        import_module("wholestory.child_deaths.request_watch")
        # The coordinator is told by e-mail of new messages, of holds, and of deaths with something in common.
        import_module("wholestory.child_deaths.telling_watch")
        # The panel’s meetings are kept by this duty, and a review has a page here.
        import_module("wholestory.child_deaths.panel_meetings")
        # Nobody who keeps the directory gives themselves a seat on a panel.
        import_module("wholestory.child_deaths.panel_seats")
