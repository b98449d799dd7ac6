"""`python -m wholestory NAME ...`, also installed as `.venv/bin/wholestory`."""

import sys

from wholestory.config.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
