"""Signing in, in steps: login and passphrase, second factor, at first a passphrase of one's own.

What was shown so far waits in the session of a browser that is not signed in (``pending``), for
ten minutes. Nobody is signed in before the last step.
"""

from datetime import datetime
from typing import Any

import pyotp
import segno
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rabta.core.access.decisions import Actor
from rabta.core.errors import BadInput
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.forms import CodeForm, DutyForm, NewPassphraseForm, SignInForm, tell
from rabta.desk.accounts.models import User
from rabta.desk.accounts.rules import (
    TO_FINISH,
    CodeFailed,
    SignInFailed,
    device_of,
    grouped,
    plain_code,
)
from rabta.desk.accounts.sessions import settled_posting
from rabta.desk.wall import keys
from rabta.desk.wall.routes import anyone, needs, signed_in
from rabta.desk.wall.session import acting

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
PENDING = "pending"


@needs(get=anyone(), post=anyone())
def sign_in(request: HttpRequest) -> HttpResponse:
    """Login and passphrase. Whatever is wrong, the answer is the same."""
    if request.user.is_authenticated:
        return redirect(_next(request, request.GET.get("next", "")))
    show = "show" in request.GET
    form = SignInForm(request.POST or None, show=show)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.first_factor(**form.cleaned_data, now=timezone.now())
        except SignInFailed as failed:
            tell(form, failed)
        else:
            following = request.POST.get("next", "")
            request.session.flush()
            request.session[PENDING] = {
                "user": user.pk,
                "hash": user.get_session_auth_hash(),
                "at": timezone.now().isoformat(),
                "next": following,
                "second": False,
            }
            return _onward(request, user)
    following = request.POST.get("next") or request.GET.get("next", "")
    return _page(request, "sign_in", form=form, next=following, show=show)


@needs(get=anyone(), post=anyone())
def code(request: HttpRequest) -> HttpResponse:
    """The second factor."""
    user = _pending(request)
    if user is None or user.totp_sealed is None:
        return redirect("sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.second_factor(user=user, code=form.cleaned_data["code"], now=timezone.now())
        except CodeFailed as failed:
            tell(form, failed, field="code")
        else:
            _keep(request, second=True)
            return _onward(request, user)
    return _page(request, "code", form=form)


@needs(get=anyone(), post=anyone())
def own_passphrase(request: HttpRequest) -> HttpResponse:
    """At the first sign-in: a passphrase of one's own in place of the one-time one."""
    user = _pending(request)
    if user is None or not user.passphrase_once or _owes_code(request, user):
        return redirect("sign-in")
    form = NewPassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["passphrase"]
        who = Actor(user=user.pk, duty=None)
        if user.check_password(chosen):
            form.add_error("passphrase", _("This is the one-time passphrase. Choose your own."))
        else:
            try:
                with acting(who, "sign-in"):
                    user = services.set_passphrase(actor=who, user=user, passphrase=chosen)
            except BadInput as bad:
                tell(form, bad, field="passphrase")
            else:
                _keep(request, hash=user.get_session_auth_hash())
                return _onward(request, user)
    return _page(request, "passphrase", form=form, first=True)


@needs(get=anyone(), post=anyone())
def enrol(request: HttpRequest) -> HttpResponse:
    """At the first sign-in: the second factor, as a square to photograph and as text."""
    user = _pending(request)
    if user is None or user.totp_sealed is not None or user.passphrase_once:
        return redirect("sign-in")
    secret = _secret_for(request, user)
    form = CodeForm(request.POST or None)
    form.fields["code"].help_text = _("The six digits that the app shows now.")
    if request.method == "POST" and form.is_valid():
        said = plain_code(form.cleaned_data["code"])
        if services.use_step(user, secret=secret, code=said, now=timezone.now()):
            who = Actor(user=user.pk, duty=None)
            with acting(who, "sign-in"):
                user = services.enrol_totp(actor=who, user=user, secret=secret)
                codes = services.print_codes(actor=who, user=user)
            onward = resolve_url(_enter(request, user))
            page = _page(request, "codes", codes=codes, onward=onward)
            return _in_their_language(request, page, user)
        form.add_error("code", _("This is not the code of now. Wait for the next one."))
    name = f"Rabta {settings.RABTA.name}".strip()
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.login, issuer_name=name)
    square = segno.make(uri, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff")
    # segno draws paths of its own; nothing of what a person typed is in them as markup.
    drawn = mark_safe(square)  # noqa: S308
    return _page(request, "enrol", form=form, square=drawn, secret=grouped(secret, size=4))


@needs(get=signed_in(), post=signed_in())
def switch_duty(request: HttpRequest) -> HttpResponse:
    """Choose in which of one's postings one works. The session's key changes with it."""
    held = selectors.postings_of(request.user)  # type: ignore[arg-type]
    at = request.posting  # type: ignore[attr-defined]
    form = DutyForm(
        request.POST or None, held=held, initial={"posting": str(at.public_id) if at else ""}
    )
    if request.method == "POST" and form.is_valid():
        chosen = next(p for p in held if str(p.public_id) == form.cleaned_data["posting"])
        if at is None or chosen.pk != at.pk:
            services.change_duty(actor=request.actor, posting=chosen)  # type: ignore[attr-defined]
            request.session["posting"] = chosen.pk
            request.session.cycle_key()
        return redirect(_next(request, request.session.pop("next", "")))
    return _page(request, "duty", form=form, held=held)


@needs(get=signed_in(), post=signed_in())
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave. By GET it asks first: a picture on some page must not sign anybody out."""
    if request.method == "POST":
        services.sign_out(actor=request.actor)  # type: ignore[attr-defined]
        logout(request)
        return redirect("sign-in")
    return _page(request, "sign_out")


def _pending(request: HttpRequest) -> User | None:
    """The person who has shown their passphrase here, if that is not too long ago."""
    said = request.session.get(PENDING)
    if not said or request.user.is_authenticated:
        return None
    if datetime.fromisoformat(said["at"]) + TO_FINISH < timezone.now():
        return None
    user = User.objects.filter(pk=said["user"], closed__isnull=True).first()
    if user is None or not constant_time_compare(said["hash"], user.get_session_auth_hash()):
        return None
    return user


def _keep(request: HttpRequest, **said: Any) -> None:
    request.session[PENDING] = {**request.session[PENDING], **said}


def _owes_code(request: HttpRequest, user: User) -> bool:
    return user.totp_sealed is not None and not request.session[PENDING]["second"]


def _onward(request: HttpRequest, user: User) -> HttpResponse:
    """To the next step that is owed, or in."""
    if _owes_code(request, user):
        return redirect("sign-in-code")
    if user.passphrase_once:
        return redirect("sign-in-passphrase")
    if user.totp_sealed is None:
        return redirect("sign-in-enrol")
    return _in_their_language(request, redirect(_enter(request, user)), user)


def _in_their_language(request: HttpRequest, answer: HttpResponse, user: User) -> HttpResponse:
    """Where this browser was told no language yet, it goes on in the person's."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


def _enter(request: HttpRequest, user: User) -> str:
    """Sign in under a new key, and say where to go on."""
    following = request.session[PENDING].get("next", "")
    request.session.flush()
    login(request, user, backend=BACKEND)
    now = timezone.now().isoformat()
    request.session["began"] = request.session["seen"] = now
    request.session["device"] = device_of(request.headers.get("User-Agent", ""))
    services.finish_sign_in(user=user)
    held = selectors.postings_of(user)
    if settled_posting(request.session, held) is None and held:
        request.session["next"] = following
        return "switch-duty"
    return _next(request, following)


def _next(request: HttpRequest, following: str) -> str:
    """Where somebody wanted to go, if it is a page of this node."""
    safe = url_has_allowed_host_and_scheme(
        following, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return following if safe else "home"


def _secret_for(request: HttpRequest, user: User) -> str:
    """The secret offered at enrolment: the same until it is taken, sealed while it waits."""
    kept = request.session[PENDING].get("totp")
    if kept:
        return keys.unseal(bytes.fromhex(kept), agency=0, binding=user.public_id)
    secret = services.new_totp_secret()
    _keep(request, totp=keys.seal(secret, agency=0, binding=user.public_id).hex())
    return secret


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    form = context.get("form")
    status = 400 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"accounts/{name}.html", context, status=status)
