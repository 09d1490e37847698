"""Verbs of cases and people. Each changes the world through the door and names its event."""
