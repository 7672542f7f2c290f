#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that an HTML report is well formed, self-contained and accessible.

usage: check_html.py FILE.html ...        needs html5lib (Debian: python3-html5lib)
       check_html.py --self-test

One line a complaint on stderr, one summary line a file on stdout. Exit: 0 clean, 1 complaints.
"""
import pathlib
import re
import sys

try:
  import html5lib
except ImportError:
  print(f"check_html.py: {sys.executable} has no html5lib; install it (pip install html5lib) or "
        "use a Python that has it (Debian: /usr/bin/python3 with python3-html5lib).",
        file=sys.stderr)
  sys.exit(69)

LARGEST = 500_000  # bytes
FORBIDDEN = {"script", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "form",
             "base"}
LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "cite",
           "longdesc", "manifest"}
STYLING = {"style", "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start",
           "marker-mid", "marker-end"}
URL = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)", re.IGNORECASE)


def name(node):
  """The tag without its namespace; None for a comment."""
  return node.tag.rsplit("}", 1)[-1].lower() if isinstance(node.tag, str) else None


def attributes(node):
  return [(key.rsplit("}", 1)[-1].lower(), value) for key, value in node.attrib.items()]


def text(node):
  return "".join(node.itertext()).strip()


def parse(source):
  parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
  root = parser.parse(source)
  for (line, column), code, details in parser.errors:
    yield f"line {line}, column {column}: {html5lib.constants.E[code] % details}"
  yield root


def outside(value):
  """Is this URL anything but a place in the page or inline data?"""
  value = re.sub(r"[\x00-\x20]", "", value)  # browsers ignore blanks within a scheme
  return bool(value) and not value.startswith("#") and not value.lower().startswith("data:image/")


def css_complaints(css, where):
  for target in URL.findall(css):
    if outside(target):
      yield f"external URL: {where} has url({target})"
  if re.search(r"@import", css, re.IGNORECASE):
    yield f"external URL: {where} has @import"


def self_contained(nodes):
  for node in nodes:
    tag = name(node)
    if tag in FORBIDDEN:
      yield f"<{tag}> is forbidden"
    if tag == "style":
      yield from css_complaints(text(node), "<style>")
    for key, value in attributes(node):
      if tag == "meta" and key == "http-equiv" and value.lower() == "refresh":
        yield "<meta http-equiv=refresh> is forbidden"
      if key.startswith("on"):
        yield f"event handler {key} on <{tag}>"
      elif key == "href" and tag in ("a", "area"):
        if re.match(r"[a-z][a-z0-9+.-]*:|//", re.sub(r"[\x00-\x20]", "", value), re.IGNORECASE):
          yield f"external URL: <{tag} href={value[:60]!r}>"
      elif key == "href" or key in LOADING:
        if outside(value):
          yield f"external URL: <{tag} {key}={value[:60]!r}>"
      elif key in STYLING:
        yield from css_complaints(value, f"<{tag} {key}>")


def head(root, nodes):
  if not root.get("lang", "").strip():
    yield "<html> has no lang"
  titles = [n for n in nodes if n.tag.endswith("xhtml}title")]
  if not any(text(title) for title in titles):
    yield "no <title>"
  schemes = [n.get("content", "") for n in nodes
             if name(n) == "meta" and n.get("name") == "color-scheme"]
  if not any({"light", "dark"} <= set(scheme.split()) for scheme in schemes):
    yield 'no <meta name="color-scheme" content="light dark">'


def figures(nodes):
  for number, node in enumerate((n for n in nodes if name(n) == "svg"), 1):
    if not (node.get("width") and node.get("height")):
      yield f"svg {number} has no width and height"
    titled = any(name(child) == "title" and text(child) for child in node)
    if node.get("aria-hidden") != "true" and not (node.get("role") == "img" and titled):
      yield f'svg {number} has neither role="img" with a <title> nor aria-hidden="true"'


def tables(nodes):
  for number, table in enumerate((n for n in nodes if name(n) == "table"), 1):
    parts = [n for n in table.iter() if name(n)]
    if not any(name(part) == "caption" and text(part) for part in parts):
      yield f"table {number} has no <caption>"
    headers = [part for part in parts if name(part) == "th"]
    if not headers:
      yield f"table {number} has no <th>"
    if any(not header.get("scope") for header in headers):
      yield f"table {number} has a <th> without scope"


def headings(nodes):
  last = 0
  for node in nodes:
    if re.fullmatch("h[1-6]", name(node)):
      level = int(name(node)[1])
      if level > last + 1:
        before = f"<h{last}>" if last else "no heading"
        yield f"<{name(node)}> {text(node)[:40]!r} after {before}"
      last = level


def identifiers(nodes):
  seen = set()
  for node in nodes:
    value = node.get("id")
    if value in seen:
      yield f"id {value!r} twice"
    seen.add(value or object())


def complaints(source):
  *errors, root = parse(source)
  nodes = [node for node in root.iter() if name(node)]
  if len(source) >= LARGEST:
    errors.append(f"{len(source)} bytes, not under {LARGEST}")
  for check in (self_contained, figures, tables, headings, identifiers):
    errors += check(nodes)
  return errors + list(head(root, nodes)), nodes


def check(path):
  try:
    source = pathlib.Path(path).read_bytes()
  except OSError as error:
    print(f"{path}: {error.strerror}", file=sys.stderr)
    return False
  found, nodes = complaints(source)
  for complaint in found:
    print(f"{path}: {complaint}", file=sys.stderr)
  counts = ", ".join(f"{sum(name(n) == tag for n in nodes)} {tag}" for tag in ("table", "svg"))
  verdict = f"{len(found)} complaints" if found else "clean"
  print(f"{path}: {verdict} ({len(source) / 1000:.1f} kB, {counts})")
  return not found


GOOD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A scorecard</title>
<meta name="color-scheme" content="light dark"><style>p{color:red}</style></head><body>
<h1 id="top">One</h1><h2>Two</h2><h3>Three</h3><h2>Four</h2><p style="margin:0">a &amp; b</p>
<p aria-label="url(http://a)" title="@import">&lt;script&gt; url(http://example.org)</p>
<a href="#top">up</a> <a href="scorecard.json">data</a>
<img alt="" src="data:image/png;base64,AA==">
<svg width="9" height="9" aria-hidden="true"><rect fill="url(#g)" width="9" height="9"/></svg>
<svg width="9" height="9" role="img"><title>A dot</title><circle r="2"/></svg>
<table><caption>Rates</caption><tr><th scope="col">a</th></tr><tr><td>1</td></tr></table>
</body></html>"""
BAD = [  # what to put in the place of what, and what must then be said
  ("<!doctype html>", "", "DOCTYPE"),
  ("<p style", "<p/><p style", "solidus"),
  ("&amp;", "&ampere;", "ntity"),
  ("</h2><h3>", "<h3>", "h3"),
  ("<h3>Three</h3>", "<h4>Three</h4>", "<h4> 'Three' after <h2>"),
  ('<h1 id="top">One</h1>', '<i id="top"></i>', "after no heading"),
  (' lang="en"', "", "no lang"), (' lang="en"', ' lang=" "', "no lang"),
  ("<title>A scorecard</title>", "", "no <title>"),
  ("<title>A scorecard</title>", "<title> </title>", "no <title>"),
  ('content="light dark"', 'content="light"', "color-scheme"),
  ("<h2>Four</h2>", "<script>1</script>", "<script>"),
  ("<rect", "<script>1</script><rect", "<script>"),
  ("<h2>Four</h2>", "<p onclick='f()'>x</p>", "event handler onclick"),
  ("<rect", "<rect onload='f()'", "event handler onload"),
  ('href="#top"', 'href="https://example.org"', "external URL"),
  ('href="#top"', 'href="//example.org"', "external URL"),
  ('href="#top"', 'href=" java\nscript:f()"', "external URL"),
  ("data:image/png;base64,AA==", "figure.png", "external URL: <img src"),
  ("data:image/png;base64,AA==", "http://example.org/a.png", "external URL: <img src"),
  ("<rect", "<image xlink:href='http://example.org/a.png'/><rect", "external URL: <image href"),
  ("</title>", "</title><link rel=stylesheet href=a.css>", "external URL: <link href"),
  ("p{color:red}", "p{background:url( 'http://example.org/a.png')}", "url(http"),
  ("p{color:red}", "@import 'a.css';", "@import"),
  ("margin:0", "background:URL(a.png)", "url(a.png)"),
  ("url(#g)", "url(http://example.org/#g)", "url(http"),
  ("<h2>Four</h2>", "<iframe></iframe>", "<iframe>"),
  ("<h2>Four</h2>", "<object></object>", "<object>"),
  ("<h2>Four</h2>", "<embed>", "<embed>"), ("<h2>Four</h2>", "<form></form>", "<form>"),
  ("</title>", "</title><meta http-equiv=Refresh content='0;url=a'>", "refresh"),
  ('width="9" height="9" aria', 'height="9" aria', "svg 1 has no width"),
  (' aria-hidden="true"', "", "svg 1 has neither"),
  ("<title>A dot</title>", "", "svg 2 has neither"), (' role="img"', "", "svg 2 has neither"),
  ("<caption>Rates</caption>", "", "no <caption>"), (' scope="col"', "", "without scope"),
  ('<th scope="col">a</th>', "<td>a</td>", "has no <th>"),
  ("<h2>Two", '<h2 id="top">Two', "id 'top' twice"),
  ("A scorecard", "A" * LARGEST, "not under 500000"),
]


def self_test():
  failures = [f"the good page: {c}" for c in complaints(GOOD.encode())[0]]
  for old, new, expected in BAD:
    assert GOOD.count(old), old
    found = complaints(GOOD.replace(old, new, 1).encode())[0]
    if not any(expected in complaint for complaint in found):
      failures.append(f"{new[:60]!r} for {old!r}: no {expected!r} in {found}")
  print(*failures, sep="\n", file=sys.stderr, end="\n" if failures else "")
  print(f"self-test: {1 + len(BAD)} pages, {len(failures)} failures")
  return not failures


def main(arguments):
  if not arguments:
    sys.exit("usage: check_html.py FILE.html ... | --self-test")
  if arguments == ["--self-test"]:
    return self_test()
  return all([check(path) for path in arguments])


sys.exit(0 if main(sys.argv[1:]) else 1)
