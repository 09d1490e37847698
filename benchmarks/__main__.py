"""Every benchmark, one after another: ``python -m benchmarks``."""

import subprocess
import sys

RUNS = (
    ("benchmarks.names",),
    ("benchmarks.linkage", "--people", "20000"),
    ("benchmarks.desk", "--people", "10000"),
)


def main() -> None:
    """Run each in a process of its own, so that none measures another's memory."""
    for module, *options in RUNS:
        print(f"\n== {module} {' '.join(options)}\n", flush=True)
        subprocess.run([sys.executable, "-m", module, *options], check=False)


if __name__ == "__main__":
    main()
