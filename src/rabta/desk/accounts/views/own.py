"""One's own sign-ins, passphrase and printed codes."""

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rabta.core.errors import BadInput
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.forms import ConfirmForm, OwnPassphraseForm, tell
from rabta.desk.accounts.rules import SignInFailed
from rabta.desk.wall.routes import needs, signed_in


@needs(get=signed_in(), post=signed_in())
def my_sign_ins(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; any of it can be ended."""
    user, actor = request.user, request.actor  # type: ignore[attr-defined]
    key = request.session.session_key or ""
    if request.method == "POST":
        if "others" in request.POST:
            services.end_sign_ins(actor=actor, user=user, keep=key)
            messages.success(request, _("Every other sign-in of yours has ended."))
        else:
            ended = services.end_sign_in(actor=actor, user=user, ref=request.POST.get("ref", ""))
            if ended and ended == key:
                logout(request)
                return redirect("sign-in")
            messages.success(request, _("The sign-in has ended."))
        return redirect("my-sign-ins")
    sign_ins = selectors.sign_ins_of(user, here=key)  # type: ignore[arg-type]
    return render(request, "accounts/sign_ins.html", {"sign_ins": sign_ins})


@needs(get=signed_in(), post=signed_in())
def change_passphrase(request: HttpRequest) -> HttpResponse:
    """Change one's passphrase; sign-ins on other devices end."""
    user, actor = request.user, request.actor  # type: ignore[attr-defined]
    form = OwnPassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_them(request, form):
        try:
            changed = services.set_passphrase(
                actor=actor,
                user=user,  # type: ignore[arg-type]
                passphrase=form.cleaned_data["passphrase"],
                keep=request.session.session_key or "",
            )
        except BadInput as bad:
            tell(form, bad, field="passphrase")
        else:
            update_session_auth_hash(request, changed)
            messages.success(request, _("Your passphrase is changed."))
            return redirect("my-sign-ins")
    status = 400 if form.is_bound else 200
    return render(request, "accounts/passphrase.html", {"form": form}, status=status)


@needs(get=signed_in(), post=signed_in())
def new_codes(request: HttpRequest) -> HttpResponse:
    """Print new codes; the old ones end."""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_them(request, form):
        codes = services.print_codes(actor=request.actor, user=request.user)  # type: ignore[attr-defined, arg-type]
        return render(
            request, "accounts/codes.html", {"codes": codes, "onward": reverse("my-sign-ins")}
        )
    status = 400 if form.is_bound else 200
    context = {
        "form": form,
        "title": _("Print new codes"),
        "lead": _("Codes that you printed before stop working."),
        "submit": _("Make new codes"),
        "back": reverse("my-sign-ins"),
    }
    return render(request, "accounts/form.html", context, status=status)


def _is_them(request: HttpRequest, form: ConfirmForm | OwnPassphraseForm) -> bool:
    """Whether the passphrase is theirs; guesses count like those at the sign-in."""
    login = request.user.get_username()
    try:
        services.first_factor(login=login, passphrase=form.cleaned_data["now"], now=timezone.now())
    except SignInFailed as failed:
        tell(form, failed, field="now")
        return False
    return True
