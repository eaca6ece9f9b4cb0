"""`python -m negotiation` is the `negotiation` command."""

import sys
from pathlib import Path

from negotiation.cli import main

if not sys.flags.safe_path and Path(sys.path[0]) != Path(__file__).parents[1]:
    sys.path.append(sys.path.pop(0))  # `-m` puts this folder first, where somebody's numpy.py would hide NumPy

sys.exit(main())
