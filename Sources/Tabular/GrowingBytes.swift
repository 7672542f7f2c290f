// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Bytes that come piece by piece, how many is not known before.
///
/// Not an array, which is copied as a whole whenever it grows, and filled with zeros before a system
/// call may write into it: the text of a large file would be in memory twice.
@safe struct GrowingBytes: ~Copyable {
  // Why unsafe: memory from `realloc`, which moves large blocks without copying them. It has one
  // owner, this value, until `release`.
  private var base: UnsafeMutableRawPointer?
  private var capacity = 0
  private(set) var count = 0

  init() { unsafe base = nil }

  deinit { unsafe free(base) }

  /// Makes room for `room` bytes more, calls `body` with it, and keeps as many of them as it says
  /// that it has written.
  ///
  /// Throws if there is no memory.
  mutating func append(
    room: Int, _ body: (UnsafeMutableRawBufferPointer) throws(DataError) -> Int
  ) throws(DataError) {
    if capacity - count < room { try grow(to: max(count + room, capacity + capacity / 2)) }
    let end = unsafe base.map { unsafe $0 + count }
    let written = try unsafe body(UnsafeMutableRawBufferPointer(start: end, count: room))
    precondition((0...room).contains(written))
    count += written
  }

  /// Appends a copy.
  ///
  /// Throws if there is no memory.
  mutating func append(_ piece: Span<UInt8>) throws(DataError) {
    try unsafe append(room: piece.count) { room in
      unsafe piece.withUnsafeBytes { unsafe room.copyMemory(from: $0) }
      return piece.count
    }
  }

  /// Keeps the room.
  mutating func removeAll() { count = 0 }

  func withBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let bytes = unsafe UnsafeRawBufferPointer(start: base, count: count)
    return try body(unsafe bytes.bindMemory(to: UInt8.self).span)
  }

  /// Hands the bytes over to the caller, who frees them.
  consuming func release() -> UnsafeRawBufferPointer {
    let bytes = unsafe UnsafeRawBufferPointer(start: base, count: count)
    discard self
    return unsafe bytes
  }

  private mutating func grow(to capacity: Int) throws(DataError) {
    guard let larger = unsafe realloc(base, capacity) else {
      throw DataError(
        problem: "there is not enough memory for the file's text (over \(count >> 20) MB)",
        remedy: "Evaluate fewer columns or rows.")
    }
    unsafe base = unsafe larger
    self.capacity = capacity
  }
}
