"""警窗 Jingchuang, the workstation: rooms from the officer's words (domain) up to the windows (ui)."""

__version__ = "0.1.0"
