// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Synchronization

/// Work spread over threads; results stand in the order of their indices, whatever ran first.
package struct Parallel: Sendable {
  /// Called when an item of a long part of the work is done: the part, and how many of its items are.
  package typealias Report = @Sendable (_ part: Part, _ done: Int, _ items: Int) -> Void

  /// A long part of the work, and what each of its items holds.
  package struct Part: Sendable {
    package var name: String
    package var unit: String
    package var total: Int

    package init(_ name: String, _ total: Int, _ unit: String) {
      (self.name, self.total, self.unit) = (name, total, unit)
    }
  }

  package var threads: Int
  private let report: Report?

  package init(threads: Int?, report: Report? = nil) {
    self.threads = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
    self.report = report
  }

  /// `map`, telling how far it has come.
  package func map<Result: Sendable>(
    _ count: Int, _ part: Part, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    guard let report else { return map(count, body) }
    let done = Atomic<Int>(0)
    return map(count) { index in
      let result = body(index)
      report(part, done.wrappingAdd(1, ordering: .relaxed).newValue, count)
      return result
    }
  }

  /// `body(0) … body(count − 1)`, each called once.
  ///
  /// Items are taken one at a time, so that long and short ones balance.
  package func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    guard threads > 1 && count > 1 else { return (0..<count).map(body) }
    let next = Atomic<Int>(0)
    let found = Mutex<[Int: Result]>([:])
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        let result = body(index)
        found.withLock { $0[index] = result }
      }
    }
    return found.withLock { results in (0..<count).compactMap { results[$0] } }
  }

  /// `body` of every element, in their order.
  package func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ body: @Sendable (Element) -> Result
  ) -> [Result] {
    map(elements.count) { body(elements[$0]) }
  }
}
