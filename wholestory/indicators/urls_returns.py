"""Addresses of asking agencies for figures, and of their returns."""

from django.urls import path

from wholestory.indicators.views import (
    asking,
    downloading,
    files,
    filling,
    meaning,
    return_steps,
    returns,
    rounds,
)

urlpatterns = [
    path("returns/", rounds.home, name="returns"),
    path("asking/", asking.matrix, name="asking"),
    path("asking/again/<uuid:key>/", asking.again, name="asking_again"),
    path("asking/<slug:slug>/", asking.agency, name="asking_of"),
    path("rounds/new/", rounds.new, name="round_new"),
    path("rounds/<str:reference>/", rounds.page, name="round"),
    path("rounds/<str:reference>/ask-more/", rounds.ask_more, name="round_ask_more"),
    path("rounds/<str:reference>/close/", rounds.close, name="round_close"),
    path("returns/<str:reference>/", returns.page, name="return"),
    path("returns/<str:reference>/more-time/", rounds.extend, name="return_extend"),
    path("returns/<str:reference>/withdraw/", rounds.withdraw, name="return_withdraw"),
    path("returns/<str:reference>/figures/", filling.fill, name="return_fill"),
    path("returns/<str:reference>/figures/save/", filling.save, name="return_save"),
    path("returns/<str:reference>/meaning/", meaning.page, name="return_meaning"),
    path("returns/<str:reference>/check/", returns.check, name="return_check"),
    path("returns/<str:reference>/approve/", returns.approve, name="return_approve"),
    path("returns/<str:reference>/give-back/", return_steps.send_back, name="return_send_back"),
    path("returns/<str:reference>/correct/", return_steps.revise, name="return_revise"),
    path("returns/<str:reference>/as-sent/", return_steps.keep, name="return_keep"),
    path("returns/<str:reference>/ask/", return_steps.ask, name="return_ask"),
    path("returns/<str:reference>/answer/", return_steps.answer, name="return_answer"),
    path("returns/<str:reference>/accept/", return_steps.accept, name="return_accept"),
    path("returns/<str:reference>/versions/<int:number>/", returns.compare, name="return_compare"),
    path("returns/<str:reference>/files/", files.files, name="return_files"),
    path("returns/<str:reference>/files/<int:number>/", files.looked, name="return_looked"),
    path("returns/<str:reference>/files/<int:number>/put-right/", files.beside, name="return_beside"),
    path("returns/<str:reference>/template/", files.download, name="return_template"),
    path("returns/<str:reference>/download/", downloading.download, name="return_download"),
]
