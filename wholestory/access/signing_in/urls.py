"""Addresses of signing in; part of the room's own (``wholestory.access.urls``)."""

from __future__ import annotations

from django.urls import path

from wholestory.access.sign_on import views as sign_on
from wholestory.access.signing_in import account_pages, by_code, demo, kept, own_factors, second_step

urlpatterns = [
    path("sign-in/", by_code.sign_in, name="sign_in"),
    path("sign-in/code/", by_code.sign_in_code, name="sign_in_code"),
    path("sign-in/as/", demo.sign_in_as, name="sign_in_as"),
    path("sign-in/with/<slug:key>/", sign_on.away, name="sign_on"),
    path("sign-in/with/<slug:key>/back/", sign_on.back, name="sign_on_back"),
    path("sign-in/refused/", sign_on.refused, name="sign_on_refused"),
    path("sign-in/kept/<uuid:key>/", kept.kept_text, name="kept_text"),
    path("sign-in/second-step/", second_step.second_step, name="second_step"),
    path("sign-in/second-factors/", own_factors.own_factors, name="own_factors"),
    path("sign-in/second-factors/new/", own_factors.factor_new, name="factor_new"),
    path("sign-in/second-factors/new/app/", own_factors.app_new, name="app_new"),
    path("sign-in/second-factors/new/passkey/", own_factors.passkey_new, name="passkey_new"),
    path("sign-in/second-factors/recovery-codes/", own_factors.recovery_codes_new, name="recovery_codes_new"),
    path("sign-in/second-factors/<int:key>/remove/", own_factors.factor_remove, name="factor_remove"),
    path("access/accounts/", account_pages.account_list, name="account_list"),
    path("access/accounts/<uuid:person>/", account_pages.account, name="account"),
    path("access/accounts/<uuid:person>/start-afresh/", account_pages.start_afresh, name="start_afresh"),
    path("access/accounts/<uuid:person>/<slug:what>/", account_pages.account_change, name="account_change"),
    path("access/start-afresh/<uuid:key>/", account_pages.agree_afresh, name="agree_afresh"),
    path("access/your-people/", account_pages.your_people, name="your_people"),
    path("sign-out/", by_code.sign_out, name="sign_out"),
    path("signed-out/", by_code.signed_out, name="signed_out"),
]
