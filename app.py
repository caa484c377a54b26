"""`python app.py` opens the page; the options are those of `report-assistant serve`."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from assistant.cli import main

    sys.exit(main(["serve", *sys.argv[1:]]))
