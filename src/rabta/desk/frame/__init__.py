"""The page frame, its components and its navigation."""
