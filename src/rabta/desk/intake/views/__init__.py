"""Pages of loads: choose a file, map its columns, see what it would do, load, mend, undo."""
