"""`python -m assistant` is `report-assistant`."""

import sys

from assistant.cli import main

sys.exit(main())
