// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import Foundation
import Synchronization

/// A line of the terminal that says how far an evaluation has come, how fast and how long it still takes.
///
/// It stands on standard error, appears after a second and is gone at the end.
final class ProgressLine: Sendable {
  private struct State {
    var part = ""
    var start = ContinuousClock.now
    var written = ContinuousClock.now
    var isShown = false
  }

  private static let patience = Duration.seconds(1)
  private static let pause = Duration.milliseconds(100)
  private let begun = ContinuousClock.now
  private let state = Mutex(State())

  /// `nil` unless standard error is a terminal that can rewrite a line.
  init?(quiet: Bool) {
    guard !quiet, Terminal.canRewriteErrors else { return nil }
  }

  /// Takes in a report; may be called on any thread.
  func report(_ progress: EvaluationProgress) {
    let now = ContinuousClock.now
    state.withLock { state in
      if progress.part != state.part {
        state.part = progress.part
        state.start = now
      }
      guard now - begun >= Self.patience, now - state.written >= Self.pause else { return }
      state.written = now
      state.isShown = true
      write("\r" + Self.text(progress, elapsed: now - state.start) + "\u{1B}[K")
    }
  }

  /// Removes the line.
  func finish() {
    state.withLock { state in
      if state.isShown { write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  /// `resampling counts: 1,200 of 2,000 replicates, 3,400 a second, 1 s left`
  static func text(_ progress: EvaluationProgress, elapsed: Duration) -> String {
    let seconds = elapsed / .seconds(1)
    let (done, total) = (progress.done, progress.total)
    var text = "\(progress.part): \(done.formatted()) of \(total.formatted()) \(progress.unit)"
    guard seconds > 0, done > 0 else { return text }
    let rate = Double(done) / seconds
    text += ", \(rate.formatted(.number.precision(.significantDigits(1...3)))) a second"
    let left = Double(total - done) / rate
    let duration = Duration.seconds(left.rounded(.up))
    text += ", \(duration.formatted(.units(allowed: [.hours, .minutes, .seconds]))) left"
    return text
  }

  private func write(_ text: String) {
    // A terminal that is gone is no reason to stop.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
