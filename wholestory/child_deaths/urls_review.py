"""Where the analysis, the papers and the panel's pages live."""

from django.urls import path

from wholestory.child_deaths.views import analysis, finalising, listing, panel, papers

_R = "reviews/<str:reference>/"
routes = [
    path("panel/", panel.home, name="panel"),
    path("cases/<str:reference>/analysis/", analysis.of_case, name="analysis"),
    path("cases/<str:reference>/ready/", analysis.make_ready, name="make_ready"),
    path("cases/<str:reference>/close/", finalising.close, name="close_case"),
    path(_R, panel.pack, name="review"),
    path(_R + "declare/", panel.interests, name="review_declare"),
    path(_R + "print/", panel.printed, name="review_print"),
    path(_R + "papers.pdf", panel.pdf, name="review_pdf"),
    path(_R + "unmask/", panel.unmask, name="review_unmask"),
    path(_R + "decide/", panel.decide, name="review_decide"),
    path(_R + "listing/", listing.agenda, name="review_listing"),
    path(_R + "listing/take-off/", listing.take_off, name="review_take_off"),
    path(_R + "listing/members/", listing.members, name="review_members"),
    path(_R + "listing/elsewhere/", listing.elsewhere, name="review_elsewhere"),
    path(_R + "listing/not-related/<uuid:person>/", listing.not_related, name="review_not_related"),
    path(_R + "papers/", papers.papers, name="review_papers"),
    path(_R + "papers/add/", papers.add, name="review_add_part"),
    path(_R + "papers/release/", papers.release, name="review_release"),
    path(_R + "papers/take-back/", papers.take_back, name="review_take_back"),
    path(_R + "papers/<uuid:part>/", papers.part, name="review_part"),
    path(_R + "papers/<uuid:part>/keep/<slug:what>/", papers.keep, name="review_keep"),
    path(_R + "analysis/", analysis.overview, name="review_analysis"),
    path(_R + "analysis/final/", finalising.final, name="review_final"),
    path(_R + "analysis/carry-on/", finalising.carry_on, name="review_carry_on"),
    path(_R + "analysis/reopen/", finalising.reopen, name="review_reopen"),
    path(_R + "analysis/category/", analysis.categories, name="review_categories"),
    path(_R + "analysis/versions/<int:number>/", analysis.version, name="review_version"),
    path(_R + "analysis/part/<slug:part>/", analysis.part, name="review_answers"),
    path(_R + "analysis/<slug:kind>/add/", analysis.line, name="review_line_add"),
    path(_R + "analysis/<slug:kind>/<uuid:line>/", analysis.line, name="review_line"),
    path(_R + "analysis/<slug:kind>/<uuid:line>/remove/", analysis.remove, name="review_line_remove"),
    path(_R + "analysis/recommendations/<uuid:line>/action/", analysis.promise_it, name="review_promise"),
]
