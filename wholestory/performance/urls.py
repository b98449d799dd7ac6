from django.urls import path

from wholestory.performance.views import agenda, files, promises, public, public_steps, reports

app_name = "performance"
urlpatterns = [
    path("", reports.every, name="reports"),
    path("begin/", reports.begin, name="begin"),
    path("promises/", promises.every, name="promises"),
    path("promises/<str:reference>/", promises.promise, name="promise"),
    path("promises/<str:reference>/measure/", promises.aim, name="aim"),
    path("pages/", files.pages, name="pages"),
    path("pages/<str:reference>/", files.agency_page, name="agency_page"),
    path("pages/<str:reference>/<slug:form>/", files.download_page, name="download_page"),
    path("reports/<str:reference>/", reports.report, name="report"),
    path("reports/<str:reference>/numbers/", files.numbers, name="numbers"),
    path("reports/<str:reference>/freeze/", reports.freeze, name="freeze"),
    path("reports/<str:reference>/give/", reports.give, name="give"),
    path("reports/<str:reference>/agenda/", agenda.agenda, name="agenda"),
    path("reports/<str:reference>/words/<slug:section>/", reports.write, name="write"),
    path("reports/<str:reference>/download/<slug:form>/", files.download, name="download"),
    path("reports/<str:reference>/publish/", public.prepare, name="prepare"),
    path("reports/<str:reference>/publish/words/", public.words, name="public_words"),
    path("published/", public.every, name="public_versions"),
    path("published/<str:reference>/", public.public, name="public"),
    path("published/<str:reference>/withheld/", public.log, name="public_log"),
    path("published/<str:reference>/ask/", public_steps.propose, name="public_propose"),
    path("published/<str:reference>/decide/", public_steps.decide, name="public_decide"),
    path("published/<str:reference>/withdraw/", public_steps.withdraw, name="public_withdraw"),
    path("published/<str:reference>/download/<slug:form>/", public.download, name="public_download"),
]
