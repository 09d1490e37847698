"""Notices that offer to undo what was just done, instead of asking beforehand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def done(request: HttpRequest, text: Any, *, undo_url: str = "") -> None:
    """Say on the next page that something is done; with ``undo_url``, a POST there undoes it.

    The text must name nobody: notices wait in a cookie, and computers are shared.
    """
    messages.success(request, text, extra_tags=f"{UNDO}{undo_url}" if undo_url else "")


def undo_of(extra_tags: str) -> str:
    """The address that undoes what a notice tells of, or nothing."""
    tags = extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
