"""A stand-in for a vendor's WLT decoder, written here and compiled in the test run; its first byte says how to behave.

Where WLT_STANDIN_MARK names a file, it is made when the library hangs; where WLT_STANDIN_ORDER names one that exists, the
library hangs while it is loaded.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

PHOTO = bytes(range(256)) * 4

_SOURCE = """
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void hang(void) {
    const char *mark = getenv("WLT_STANDIN_MARK");
    FILE *file = mark ? fopen(mark, "w") : 0;
    if (file) fclose(file);
    for (;;) sleep(1);
}

__attribute__((constructor)) static void loaded(void) {
    const char *order = getenv("WLT_STANDIN_ORDER");
    if (order && access(order, F_OK) == 0) hang();
}

int jingchuang_wlt_decode(const unsigned char *wlt, unsigned char *rgb) {
    volatile int *nowhere = 0;
    if (wlt[0] == 'R') return 7;
    if (wlt[0] == 'C') *nowhere = 1;
    if (wlt[0] == 'H') hang();
    for (int i = 0; i < 38556; i++) rgb[i] = wlt[i % 1024];
    if (wlt[0] == 'O') memset(rgb + 38556, 0, 100);
    return 0;
}
"""


def compiled(folder: Path) -> Path:
    """The library's path. R refuses, C crashes, H hangs, O writes beyond its room, anything else repeats the block."""
    source, library = folder / "stand_in.c", folder / "libstandin.so"
    source.write_text(_SOURCE, encoding="ascii")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
    return library
