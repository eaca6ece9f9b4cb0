"""The other end of `processes`: a process for one calculation, which ends when the process that asked for it does.

Nothing heavy is loaded before that is arranged: loading alone takes seconds on a busy machine.
"""

from __future__ import annotations

import json
import os
import sys
import threading


def main() -> None:
    """Do the calculation that a line of standard input asks for."""
    if hasattr(os, "nice"):
        os.nice(10)
    asked = json.loads(sys.stdin.readline() or "null")
    if asked is None:
        return  # they were gone before they asked
    threading.Thread(target=_watch, daemon=True).start()
    from negotiation.ui.jobs.calculations import answer

    answer(asked)


def _watch() -> None:
    """End as soon as the asking process is gone, however it ended: the pipe through which it asked breaks then."""
    while os.read(0, 4096):  # not through `sys.stdin`: its lock would be held when everything ends
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
