"""Django's own commands, for contributors; operators use `bin/caseway`."""

import sys

from caseway.cli import main

if __name__ == "__main__":
    sys.exit(main())
