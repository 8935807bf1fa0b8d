"""`python -m hytegraph.server.cli` is the command `hytegraph`."""

import sys

from hytegraph.server.cli.main import main

sys.exit(main())
