"""Addresses of this room."""

from django.urls import path

from rabta.desk.accounts.views import agencies, onboarding, own, people, sign_in

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/code", sign_in.code, name="sign-in-code"),
    path("sign-in/passphrase", sign_in.own_passphrase, name="sign-in-passphrase"),
    path("sign-in/second-factor", sign_in.enrol, name="sign-in-enrol"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("duty", sign_in.switch_duty, name="switch-duty"),
    path("my/sign-ins", own.my_sign_ins, name="my-sign-ins"),
    path("my/passphrase", own.change_passphrase, name="change-passphrase"),
    path("my/codes", own.new_codes, name="new-codes"),
    path("my/units", agencies.my_units, name="my-units"),
    path("agencies", agencies.agencies, name="agencies"),
    path("agencies/onboard", onboarding.onboard, name="onboard"),
    path("agencies/<uuid:public_id>", agencies.agency, name="agency"),
    path("agencies/<uuid:public_id>/units/open", agencies.open_unit, name="open-unit"),
    path("agencies/<uuid:public_id>/people/open", people.open_person, name="open-person"),
    path("agencies/<uuid:public_id>/allow", agencies.allow, name="allow"),
    path("agencies/units/<uuid:public_id>/move", agencies.move_unit, name="move-unit"),
    path("agencies/units/<uuid:public_id>/close", agencies.close_unit, name="close-unit"),
    path("agencies/units/<uuid:public_id>/post", people.post_person, name="post-person"),
    path("agencies/postings/<uuid:public_id>/end", people.end_posting, name="end-posting"),
    path("agencies/allowances/<uuid:public_id>/end", agencies.end_allowance, name="end-allowance"),
    path("agencies/people/<uuid:public_id>", people.person, name="person-of-node"),
    path("agencies/people/<uuid:public_id>/close", people.close_person, name="close-person"),
    path("agencies/people/<uuid:public_id>/renew", people.renew_person, name="renew-person"),
]
