"""The shared vocabulary: small immutable values that every other part speaks in."""
