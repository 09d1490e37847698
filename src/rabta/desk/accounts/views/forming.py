"""The one way a form page of the steward goes: show, check, do, say so, go back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rabta.core.errors import BadInput, NotAllowedNow
from rabta.desk.accounts.forms import tell


def form_page(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[dict[str, Any]], HttpResponse | None],
    *,
    title: Any,
    submit: Any,
    back: str,
    done: Any = "",
    lead: Any = "",
    about: Any = "",
) -> HttpResponse:
    """Draw a form, or do what it says. ``do`` may answer itself; else it goes ``back``."""
    if request.method == "POST" and form.is_valid():
        try:
            answer = do(form.cleaned_data)
        except (BadInput, NotAllowedNow) as error:
            tell(form, error)
        else:
            if answer is not None:
                return answer
            if done:
                messages.success(request, done)
            return redirect(back)
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "back": back,
        "lead": lead,
        "about": about,
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "accounts/form.html", context, status=status)
