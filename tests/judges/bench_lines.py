"""How a peer that is Python answers `make bench`: a line of JSON in, a line out.

The first line is the material, answered with {"ready": true}; each later one, {"operation",
"seconds"}, with {"per_s"}: how often it was done in a second, done at least once. What goes wrong
is answered with {"error"}.
"""

import json
import sys
from time import perf_counter


def serve(operations_of):
    """Answer until there is no line left; `operations_of` makes name -> callable of material."""
    operations = operations_of(json.loads(sys.stdin.readline()))
    _answer({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            _answer({"per_s": _rate(operations[asked["operation"]], asked["seconds"])})
        except Exception as error:
            _answer({"error": f"{type(error).__name__}: {error}"})


def _rate(operation, seconds):
    done, began = 0, perf_counter()
    while True:
        operation()
        done += 1
        elapsed = perf_counter() - began
        if elapsed >= seconds:
            return done / elapsed


def _answer(value):
    print(json.dumps(value), flush=True)
