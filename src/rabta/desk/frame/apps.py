"""The frame as a Django app."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    """Templates, styles, middleware that every page shares."""

    name = "rabta.desk.frame"
    label = "frame"
