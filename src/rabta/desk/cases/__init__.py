"""Cases and the people in them: the common ground that every workflow stands on."""
