// SPDX-License-Identifier: Apache-2.0

/// Numbers distinct byte strings 0, 1, 2 … in order of first appearance, without making a `String`
/// of any of them.
///
/// Open addressing with linear probing; the strings lie end to end in one array.
struct ByteDictionary: Sendable {
  private struct Slot {
    var hash: UInt32 = 0
    /// −1: free.
    var index: Int32 = -1
  }

  private var slots = [Slot](repeating: Slot(), count: 64)
  private var storage: [UInt8] = []
  /// String `i` is `storage[starts[i] ..< starts[i + 1]]`.
  private var starts = [0]

  var count: Int { starts.count - 1 }

  /// The number of `bytes`, a new one if they were not seen before.
  mutating func insert(_ bytes: Span<UInt8>) -> Int {
    let hash = Self.hash(bytes)
    let slot = firstSlot(of: bytes, hash)
    if slots[slot].index >= 0 { return Int(slots[slot].index) }
    let index = count
    for i in bytes.indices { storage.append(bytes[i]) }
    starts.append(storage.count)
    slots[slot] = Slot(hash: hash, index: Int32(index))
    if count * 2 > slots.count { grow() }
    return index
  }

  /// The number of `bytes`, if they were seen.
  func index(of bytes: Span<UInt8>) -> Int? {
    let index = slots[firstSlot(of: bytes, Self.hash(bytes))].index
    return index < 0 ? nil : Int(index)
  }

  /// Calls `body` with the bytes of string `index`.
  func withBytes<R>(of index: Int, _ body: (Span<UInt8>) -> R) -> R {
    body(storage.span.extracting(starts[index]..<starts[index + 1]))
  }

  func string(_ index: Int) -> String {
    String(decoding: storage[starts[index]..<starts[index + 1]], as: UTF8.self)
  }

  /// Whether string `a` precedes string `b` by bytes.
  func precedes(_ a: Int, _ b: Int) -> Bool {
    let (startA, startB) = (starts[a], starts[b])
    let (countA, countB) = (starts[a + 1] - startA, starts[b + 1] - startB)
    for i in 0..<min(countA, countB) {
      let (byteA, byteB) = (storage[startA + i], storage[startB + i])
      if byteA != byteB { return byteA < byteB }
    }
    return countA < countB
  }

  /// The number of bytes at the beginning that the strings numbered `range` have in common.
  func commonPrefixLength(of range: Range<Int>) -> Int {
    guard let first = range.first else { return 0 }
    var length = starts[first + 1] - starts[first]
    for index in range.dropFirst() {
      length = min(length, starts[index + 1] - starts[index])
      var i = 0
      while i < length && storage[starts[index] + i] == storage[starts[first] + i] { i += 1 }
      length = i
    }
    return length
  }

  /// The slot that holds `bytes`, or the free one where they belong.
  private func firstSlot(of bytes: Span<UInt8>, _ hash: UInt32) -> Int {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot].index >= 0 {
      if slots[slot].hash == hash && isEqual(Int(slots[slot].index), bytes) { return slot }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isEqual(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
    let start = starts[index]
    guard starts[index + 1] - start == bytes.count else { return false }
    for i in bytes.indices where storage[start + i] != bytes[i] { return false }
    return true
  }

  /// Doubles the slots; half of them at most are in use, so that probes stay short.
  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    let mask = slots.count - 1
    for entry in old where entry.index >= 0 {
      var slot = Int(entry.hash) & mask
      while slots[slot].index >= 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }

  /// FNV-1a with a final mix, because the slots are chosen by the low bits.
  private static func hash(_ bytes: Span<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for i in bytes.indices { hash = (hash ^ UInt64(bytes[i])) &* 0x100_0000_01b3 }
    return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
