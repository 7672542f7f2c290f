// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Puts the chunks of one column together in their order, while later ones are still being scanned.
final class ColumnMerge: Sendable {
  private struct Merged {
    var sink: any FieldSink
    var chunkCount = 0
  }

  private let merged: Mutex<Merged>
  private let waiting = Mutex<[Int: any FieldSink]>([:])

  init(_ sink: any FieldSink) { merged = Mutex(Merged(sink: sink)) }

  /// Takes in chunk `index`; merges what is next, unless another thread is at it.
  ///
  /// `rowCount`: how many rows are expected in all chunks, by this one.
  func add(_ part: any FieldSink, _ index: Int, expecting rowCount: Int) {
    waiting.withLock { $0[index] = part }
    _ = merged.withLockIfAvailable { merged in
      // Room that is not used costs no memory; to grow would copy what is there.
      if merged.chunkCount == 0 { merged.sink.reserve(rowCount) }
      mergeNext(into: &merged)
    }
  }

  /// Calls `body` with all chunks.
  func withAll<R: Sendable>(_ body: @Sendable (inout any FieldSink) -> sending R) -> R {
    merged.withLock { merged in
      mergeNext(into: &merged)
      return body(&merged.sink)
    }
  }

  private func mergeNext(into merged: inout Merged) {
    while let part = waiting.withLock({ $0.removeValue(forKey: merged.chunkCount) }) {
      merged.sink.merge(part)
      merged.chunkCount += 1
    }
  }
}
