"""Addresses of messages and letters."""

from django.urls import path

from wholestory.correspondence.views import letters, lists, messages, outbox

app_name = "correspondence"
urlpatterns = [
    path("", lists.every, name="list"),
    path("not-delivered/", lists.not_delivered, name="not_delivered"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("to-sign/", letters.every, name="letters"),
    path("to-sign/prepare/", letters.prepare, name="prepare"),
    path("to-sign/<str:reference>/", letters.letter, name="letter"),
    path("to-sign/<str:reference>/change/", letters.change, name="change_letter"),
    path("to-sign/<str:reference>/send/", letters.send, name="send_letter"),
    path("to-sign/<str:reference>/withdraw/", letters.withdraw, name="withdraw"),
    path("to-sign/<str:reference>/pdf/", letters.pdf, name="letter_pdf"),
    path("<str:reference>/", messages.message, name="message"),
    path("<str:reference>/due-date.ics", messages.calendar_of, name="calendar"),
    path("<str:reference>/change/", messages.change, name="change"),
    path("<str:reference>/send/", messages.send, name="send"),
    path("<str:reference>/sent-by-hand/", messages.by_hand, name="by_hand"),
    path("<str:reference>/cancel/", messages.cancel, name="cancel"),
    path("<str:reference>/came-back/", messages.came_back, name="came_back"),
    path("<str:reference>/send-again/", messages.again, name="again"),
    path("<str:reference>/dealt-with/", messages.settle, name="settle"),
]
