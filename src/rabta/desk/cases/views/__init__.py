"""Cases and people over HTTP. Decides nothing: services and the wall do."""
