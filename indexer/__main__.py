"""Run a command of the editor:  python -m indexer check"""

import gc
import sys

# A command keeps nearly all it reads until it ends, and documents have no cycles: collecting garbage took up to 40 % of the
# time. Importing makes many objects too, so this comes first.
gc.set_threshold(100_000, 50, 100)

from indexer.commands.cli import main  # noqa: E402

sys.exit(main())
