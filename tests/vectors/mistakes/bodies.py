"""Prints the body on standard input as a program in Python mangles it: python3 bodies.py HOW."""

import json
import sys
import unicodedata

body = sys.stdin.buffer.read()
text = body.decode()
compact = (",", ":")

mistakes = {
    "version": lambda: sys.version.split()[0],
    "dumps": lambda: json.dumps(json.loads(text)),
    "dumps letters": lambda: json.dumps(json.loads(text), ensure_ascii=False),
    "dumps compact": lambda: json.dumps(json.loads(text), separators=compact),
    "dumps compact letters": lambda: json.dumps(json.loads(text), separators=compact, ensure_ascii=False),
    "dumps indented": lambda: json.dumps(json.loads(text), indent=2),
    "dumps sorted": lambda: json.dumps(json.loads(text), sort_keys=True),
    "bytes": lambda: str(body),
    "bytes of apostrophes": lambda: str(body.replace(b"'", b"")),
    "dict": lambda: str(json.loads(text)),
    "NFC": lambda: unicodedata.normalize("NFC", text),
    "NFD": lambda: unicodedata.normalize("NFD", text),
    "ascii": lambda: text.encode("ascii", "replace"),
    "utf-16": lambda: text.encode("utf-16"),
}

mangled = mistakes[sys.argv[1]]()
sys.stdout.buffer.write(mangled if isinstance(mangled, bytes) else mangled.encode())
