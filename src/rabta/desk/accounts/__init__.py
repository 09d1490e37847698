"""Agencies as a dated tree, people, postings and duties; sign-in."""
