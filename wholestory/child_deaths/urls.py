from django.urls import URLPattern, URLResolver, path

from wholestory.child_deaths import (
    urls_family,
    urls_matching,
    urls_past,
    urls_requests,
    urls_response,
    urls_review,
    urls_telling,
)
from wholestory.child_deaths.views import caseload, cases, notifications, particulars, sorting, transfers

app_name = "child_deaths"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", caseload.every, name="home"),
    path("find/", caseload.find, name="find"),
    path("messages/", notifications.every, name="notifications"),
    path("messages/<str:reference>/", notifications.notification, name="notification"),
    path("messages/<str:reference>/open-case/", notifications.open_case, name="open_case"),
    path("messages/<str:reference>/no-case/", notifications.no_case, name="no_case"),
    path("cases/<str:reference>/", cases.case, name="case"),
    path("cases/<str:reference>/sort/", sorting.sort, name="sort"),
    path("cases/<str:reference>/not-for-review/", sorting.leave_out, name="leave_out"),
    path("cases/<str:reference>/lead/", sorting.lead, name="lead"),
    path("cases/<str:reference>/take-on/", sorting.take_on, name="take_on"),
    path("cases/<str:reference>/take-up/", sorting.take_back_in, name="take_back_in"),
    path("cases/<str:reference>/particulars/", particulars.edit, name="particulars"),
    path("cases/<str:reference>/particulars/name/", particulars.add_name, name="add_name"),
    path("cases/<str:reference>/particulars/number/", particulars.add_number, name="add_number"),
    path("cases/<str:reference>/particulars/address/", particulars.add_address, name="add_address"),
    path("cases/<str:reference>/restrict/", particulars.restrict, name="restrict"),
    path("cases/<str:reference>/hand-over/", transfers.hand_over, name="hand_over"),
    path("transfers/", transfers.every, name="transfers"),
    path("transfers/<str:reference>/", transfers.transfer, name="transfer"),
    path("transfers/<str:reference>/answer/", transfers.answer, name="transfer_answer"),
    path("transfers/<str:reference>/reply/", transfers.reply, name="transfer_reply"),
    path("transfers/<str:reference>/link/", transfers.link, name="transfer_link"),
    path("transfers/<str:reference>/settle/", transfers.settle, name="transfer_settle"),
    path("transfers/<str:reference>/papers/", transfers.papers, name="transfer_papers"),
    path("transfers/<str:reference>/take-back/", transfers.withdraw, name="transfer_withdraw"),
    *urls_matching.routes,
    *urls_past.routes,
    *urls_requests.routes,
    *urls_response.routes,
    *urls_family.routes,
    *urls_review.routes,
    *urls_telling.routes,
]
