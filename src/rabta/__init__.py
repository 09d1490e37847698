"""Rabta: liaison, link. Agencies share; the people in their files stay protected."""

__version__ = "0.1.0"
