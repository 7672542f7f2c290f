#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares committed scorecards with freshly made ones.

usage: compare.py COMMITTED FRESH

Byte for byte where both were made with the same kernels of the same linear algebra library. Elsewhere
the last bits of sums may differ: then everything in the JSON but `provenance` must agree, numbers
within 1e-9 of the larger one, and HTML and Markdown, which are made from that JSON, are not compared.
Prints one line a file; exits with 1 on a difference.
"""
import gzip
import json
import math
import sys
from pathlib import Path

RELATIVE, ABSOLUTE = 1e-9, 1e-12


def content(path):
  data = path.read_bytes()
  return gzip.decompress(data) if path.suffix == ".gz" else data


def files(root):
  """The scorecards under a folder by their name without .gz."""
  found = (p for p in sorted(root.rglob("scorecard.*")) if p.is_file())
  return {str(p.relative_to(root)).removesuffix(".gz"): p for p in found}


def kernels(data):
  provenance = json.loads(data)["provenance"]
  return provenance["linearAlgebra"], provenance["linearAlgebraCore"]


def differences(a, b, place=""):
  """The places at which two JSON values differ."""
  if isinstance(a, dict) and isinstance(b, dict):
    for key in sorted(a.keys() | b.keys()):
      if key in a and key in b:
        yield from differences(a[key], b[key], f"{place}.{key}")
      else:
        yield f"{place}.{key}: only in one"
  elif isinstance(a, list) and isinstance(b, list):
    if len(a) != len(b):
      yield f"{place}: {len(a)} and {len(b)} items"
    for index, (x, y) in enumerate(zip(a, b)):
      yield from differences(x, y, f"{place}[{index}]")
  elif all(isinstance(x, (int, float)) and not isinstance(x, bool) for x in (a, b)):
    if not math.isclose(a, b, rel_tol=RELATIVE, abs_tol=ABSOLUTE):
      yield f"{place}: {a!r} and {b!r}"
  elif a != b:
    yield f"{place}: {a!r} and {b!r}"


def compare(name, old, new, is_exact):
  """What to say of a file, and whether it is in order."""
  if is_exact:
    return ("identical", True) if old == new else ("DIFFERS", False)
  if not name.endswith(".json"):
    return "not compared: made with other kernels", True
  values = [json.loads(data) for data in (old, new)]
  for value in values:
    del value["provenance"]
  found = list(differences(*values))
  if found:
    return f"DIFFERS in {len(found)} places, first {found[0]}", False
  return "numbers agree within 1e-9", True


def main(committed, fresh):
  old, new = files(Path(committed)), files(Path(fresh))
  if not old:
    print(f"{committed}: there is no scorecard; make them with 'make reports'")
    return 1
  is_good = True
  for name in sorted(old.keys() | new.keys()):
    if name not in old or name not in new:
      verdict, good = f"DIFFERS: only {'committed' if name in old else 'freshly made'}", False
    else:
      twin = str(Path(name).with_suffix(".json"))
      pair = [content(side[twin]) if twin in side else None for side in (old, new)]
      is_exact = None not in pair and kernels(pair[0]) == kernels(pair[1])
      verdict, good = compare(name, content(old[name]), content(new[name]), is_exact)
    print(f"{name}: {verdict}")
    is_good = is_good and good
  return 0 if is_good else 1


if len(sys.argv) != 3:
  sys.exit(__doc__)
sys.exit(main(*sys.argv[1:]))
