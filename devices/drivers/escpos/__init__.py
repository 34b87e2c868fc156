"""Receipt printers that speak ESC/POS, over TCP, serial, USB or a device file."""
