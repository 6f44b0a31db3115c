"""`python -m caseway.cli`."""

import sys

from caseway.cli import main

sys.exit(main())
