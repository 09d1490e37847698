"""The ledger read back: verified, countersigned by a second body, and its look-ups reviewed."""
