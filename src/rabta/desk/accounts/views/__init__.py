"""Pages of this room: signing in, one's own sign-ins, the steward's agencies and people."""
