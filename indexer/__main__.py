import gc
import sys

from indexer.commands.cli import main

# A command keeps nearly all it reads until it ends, so frequent garbage collection takes a tenth of its time for nothing.
gc.set_threshold(50_000)
sys.exit(main())
