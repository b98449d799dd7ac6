from django.urls import path

from wholestory.assurance.views import chasing, cycles, filling, moderation, promising, results, returns

app_name = "assurance"
urlpatterns = [
    path("", cycles.home, name="home"),
    path("cycles/new/", cycles.cycle_new, name="cycle_new"),
    path("cycles/<str:reference>/", cycles.cycle, name="cycle"),
    path("cycles/<str:reference>/ask/", cycles.issue, name="issue"),
    path("cycles/<str:reference>/release/", cycles.release, name="cycle_release"),
    path("cycles/<str:reference>/close/", cycles.close, name="cycle_close"),
    path("cycles/<str:reference>/heat-map/", results.heat_map, name="heat_map"),
    path("cycles/<str:reference>/results/", results.released, name="results"),
    path("cycles/<str:reference>/chase/", chasing.chase_list, name="chase"),
    path("returns/<str:reference>/", returns.page, name="return"),
    path("returns/<str:reference>/start/", returns.start, name="start"),
    path("returns/<str:reference>/share/", returns.share, name="share"),
    path("returns/<str:reference>/sign/", returns.sign, name="sign"),
    path("returns/<str:reference>/nil/", returns.nil, name="nil"),
    path("returns/<str:reference>/open-again/", returns.reopen, name="reopen"),
    path("returns/<str:reference>/send-back/", returns.send_back, name="send_back"),
    path("returns/<str:reference>/withdraw/", returns.withdraw, name="withdraw"),
    path("returns/<str:reference>/more-time/", returns.extend, name="extend"),
    path("returns/<str:reference>/questions/", returns.answer_queries, name="answer_queries"),
    path("returns/<str:reference>/reply/", returns.reply, name="reply"),
    path("returns/<str:reference>/chase/", chasing.chase, name="chase_one"),
    path("returns/<str:reference>/action/", promising.promise, name="promise"),
    path("returns/<str:reference>/moderate/", moderation.overview, name="moderate"),
    path("returns/<str:reference>/moderate/<slug:item>/", moderation.judge, name="judge"),
    path("returns/<str:reference>/ask-a-question/", moderation.query, name="query"),
    path("returns/<str:reference>/finish/", moderation.finish, name="finish"),
    path("returns/<str:reference>/release/", moderation.release, name="release"),
    path("returns/<str:reference>/moderation-again/", moderation.reopen, name="moderation_reopen"),
    path("returns/<str:reference>/moderators/", moderation.assign, name="assign"),
    *filling.urlpatterns,
]
