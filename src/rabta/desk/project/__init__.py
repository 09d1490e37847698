"""Settings, addresses and the two ways in (the server and the command line)."""
