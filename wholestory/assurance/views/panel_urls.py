"""Where screening and the panel of a return are."""

from django.urls import path

from wholestory.assurance.views import panel, screening

_HERE = "returns/<str:reference>/"
urlpatterns = [
    path(f"{_HERE}screen/", screening.screen, name="screen"),
    path(f"{_HERE}panel/", panel.page, name="panel"),
    path(f"{_HERE}panel/plan/", panel.plan, name="panel_plan"),
    path(f"{_HERE}panel/lines/", panel.enquire, name="panel_new_line"),
    path(f"{_HERE}panel/lines/<uuid:enquiry>/", panel.enquire, name="panel_line"),
    path(f"{_HERE}panel/members/", panel.seat, name="panel_seat"),
    path(f"{_HERE}panel/send/", panel.send, name="panel_send"),
    path(f"{_HERE}panel/outcome/", panel.close, name="panel_close"),
    path(f"{_HERE}panel/letter/", panel.letter, name="panel_letter"),
]
