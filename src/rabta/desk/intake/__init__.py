"""Records in: choose a file, map its columns, preview, load, report."""
