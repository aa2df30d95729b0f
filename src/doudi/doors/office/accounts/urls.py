"""Addresses of accounts; their names are the ones that the library looks for."""

from __future__ import annotations

from django.urls import path

from doudi.doors.office.accounts import factors, officers, views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/login", views.sign_in, name="account_login"),
    path("account/login/code", factors.complete_sign_in, name="mfa_authenticate"),
    path("account/logout", views.sign_out, name="account_logout"),
    path("account/back", views.back, name="account_back"),
    path("account/token", views.token, name="account_token"),
    path("account/password", views.password, name="account_change_password"),
    path("account/sessions", views.sessions, name="usersessions_list"),
    path("account/confirm", views.confirm, name="account_reauthenticate"),
    path("account/confirm/code", factors.confirm_by_code, name="mfa_reauthenticate"),
    path("account/confirm/passkey", factors.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/factors", factors.overview, name="mfa_index"),
    path("account/factors/passkeys", factors.overview, name="mfa_list_webauthn"),
    path("account/factors/app/add", factors.add_authenticator, name="mfa_activate_totp"),
    path("account/factors/app/remove", factors.remove_authenticator, name="mfa_deactivate_totp"),
    path("account/factors/passkeys/add", factors.add_passkey, name="mfa_add_webauthn"),
    path("account/factors/passkeys/remove", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("account/factors/codes", factors.show_codes, name="mfa_view_recovery_codes"),
    path("account/factors/codes/renew", factors.renew_codes, name="mfa_generate_recovery_codes"),
    path("officers", officers.listing, name="officers"),
    path("officers/add", officers.add, name="officer_add"),
    path("officers/factors", officers.factor_duty, name="factor_duty"),
    path("officers/of/<username>", officers.officer, name="officer"),
    path("officers/of/<username>/appoint", officers.appoint, name="officer_appoint"),
    path("officers/of/<username>/end", officers.end, name="officer_end"),
    path("officers/of/<username>/deactivate", officers.deactivate, name="officer_deactivate"),
    path("officers/of/<username>/reactivate", officers.reactivate, name="officer_reactivate"),
    path("officers/of/<username>/unlock", officers.unlock, name="officer_unlock"),
    path("officers/of/<username>/password", officers.password, name="officer_password"),
    path("officers/of/<username>/factors", officers.factors, name="officer_factors"),
]
