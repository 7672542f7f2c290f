#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Takes the pictures for screenshots.sh, which see. Standard library only.

usage: capture.py CHROMIUM FILE.html OUTDIR

Speaks the DevTools protocol over the browser's own pipe: JSON messages ended by a zero byte, read
from descriptor 3, written to 4. Command-line flags cannot do this: --force-dark-mode inverts the
page instead of answering prefers-color-scheme, and --screenshot stops at the window's height.
"""
import base64
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

TALLEST = 16_000  # pixels; a taller page becomes several pictures, since GPUs refuse 16,384


class Browser:
  """A headless browser with one page, driven through a pipe."""

  def __init__(self, program, profile):
    to_browser, self.commands = os.pipe()
    self.replies, from_browser = os.pipe()

    def wire():  # both copies lie above 4 first, so that neither is overwritten
      reading, writing = (os.dup(fd) for fd in (to_browser, from_browser))
      spare = [os.dup(fd) for fd in (reading, writing, reading, writing)][-2:]
      os.dup2(spare[0], 3)
      os.dup2(spare[1], 4)

    self.process = subprocess.Popen(
      [program, "--headless=new", "--no-sandbox", "--hide-scrollbars", "--disable-gpu",
       "--no-first-run", "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"],
      preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(to_browser)
    os.close(from_browser)
    self.buffer, self.number, self.session = b"", 0, None
    target = self.call("Target.createTarget", url="about:blank")["targetId"]
    self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    self.call("Page.enable")

  def receive(self):
    while b"\0" not in self.buffer:
      chunk = os.read(self.replies, 1 << 20)
      if not chunk:
        sys.exit("capture.py: the browser went away")
      self.buffer += chunk
    message, self.buffer = self.buffer.split(b"\0", 1)
    return json.loads(message)

  def call(self, method, **parameters):
    self.number += 1
    message = {"id": self.number, "method": method, "params": parameters}
    if self.session:
      message["sessionId"] = self.session
    os.write(self.commands, json.dumps(message).encode() + b"\0")
    while (reply := self.receive()).get("id") != self.number:
      pass
    if "error" in reply:
      sys.exit(f"capture.py: {method}: {reply['error']['message']}")
    return reply["result"]

  def open(self, url, width, scheme="light", media=""):
    self.call("Emulation.setEmulatedMedia", media=media,
              features=[{"name": "prefers-color-scheme", "value": scheme}])
    self.resize(width, 900)
    self.call("Page.navigate", url=url)
    while self.receive().get("method") != "Page.loadEventFired":
      pass

  def resize(self, width, height):
    self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
              deviceScaleFactor=1, mobile=False)

  def picture(self, path):
    """The whole page, as wide as its content; several files if it is very tall. Their paths."""
    size = self.call("Page.getLayoutMetrics")["cssContentSize"]
    width, height, paths = int(size["width"]), int(size["height"]), []
    for top in range(0, height, TALLEST):
      part = path if height <= TALLEST else path.with_stem(f"{path.stem}-{top // TALLEST + 1}")
      data = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip={
        "x": 0, "y": top, "width": width, "height": min(TALLEST, height - top), "scale": 1})
      part.write_bytes(base64.b64decode(data["data"]))
      paths.append(part)
    return paths, width

  def close(self):
    self.process.kill()
    self.process.wait()


def serve(content):
  """Serves the page on 127.0.0.1 under a policy that forbids everything, styles included."""
  class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
      self.send_response(200)
      self.send_header("Content-Type", "text/html; charset=utf-8")
      self.send_header("Content-Security-Policy", "default-src 'none'")
      self.end_headers()
      self.wfile.write(content)

    def log_message(self, *_):
      pass

  server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
  threading.Thread(target=server.serve_forever, daemon=True).start()  # ends with this process
  return f"http://127.0.0.1:{server.server_port}/"


def main(program, file, out):
  file, out = pathlib.Path(file).resolve(), pathlib.Path(out)
  views = [("wide-light", file.as_uri(), 1280, "light"), ("wide-dark", file.as_uri(), 1280, "dark"),
           ("narrow-light", file.as_uri(), 390, "light"),
           ("unstyled", serve(file.read_bytes()), 1280, "light")]
  with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
    browser = Browser(program, profile)
    try:
      for name, url, width, scheme in views:
        browser.open(url, width, scheme)
        paths, drawn = browser.picture(out / f"{name}.png")
        print(*paths, sep="\n")
        if drawn > width:
          print(f"capture.py: {name}: the page is {drawn} px wide and scrolls sideways",
                file=sys.stderr)
      browser.open(file.as_uri(), 1280)
      pdf = browser.call("Page.printToPDF", printBackground=False, preferCSSPageSize=True,
                         paperWidth=8.27, paperHeight=11.69)
      (out / "print.pdf").write_bytes(base64.b64decode(pdf["data"]))
    finally:
      browser.close()


if len(sys.argv) != 4:
  sys.exit("usage: capture.py CHROMIUM FILE.html OUTDIR")
main(*sys.argv[1:])
