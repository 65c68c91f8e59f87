import gc
import sys

from indexer.commands.cli import main

# What a command reads stays until it ends: to look through it for garbage at every 700 new objects takes a tenth of its time.
gc.set_threshold(50_000)
sys.exit(main())
