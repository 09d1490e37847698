"""Every benchmark, one after another: ``python -m benchmarks``; ``--large`` for the large sizes.

The small sizes take some five minutes, the large ones some two hours: most of it goes into
loading a country of a million people through the ordinary doors.
"""

import argparse
import subprocess
import sys

SMALL = (
    ("benchmarks.names",),
    ("benchmarks.linkage", "--people", "20000"),
    ("benchmarks.desk", "--people", "10000"),
)
LARGE = (
    ("benchmarks.linkage", "--people", "100000"),
    ("benchmarks.desk", "--people", "100000"),
    ("benchmarks.desk", "--people", "1000000"),
)


def main() -> None:
    """Run each in a process of its own, so that none measures another's memory."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--large", action="store_true")
    for module, *size in LARGE if options.parse_args().large else SMALL:
        print(f"\n== {module} {' '.join(size)}\n", flush=True)
        subprocess.run([sys.executable, "-m", module, *size], check=False)


if __name__ == "__main__":
    main()
