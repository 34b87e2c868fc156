"""`python -m app …` is the same program as `jingchuang …`."""

from __future__ import annotations

import sys

from app.cli import main

sys.exit(main())
