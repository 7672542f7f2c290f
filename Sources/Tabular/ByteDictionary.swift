// SPDX-License-Identifier: Apache-2.0

/// Numbers distinct byte strings 0, 1, 2 … in order of first appearance, without making a `String`
/// of any of them.
///
/// Open addressing with linear probing; the strings lie end to end in one array. A slot holds the
/// first eight bytes too: most labels are no longer, and equal if these and the length are.
struct ByteDictionary: Sendable {
  private struct Slot {
    var head: UInt64 = 0
    /// Low bits of the number of bytes.
    var length: UInt32 = 0
    /// −1: free.
    var index: Int32 = -1
  }

  private var slots = [Slot](repeating: Slot(), count: 256)
  private var storage: [UInt8] = []
  /// String `i` is `storage[starts[i] ..< starts[i + 1]]`.
  private var starts = [0]

  var count: Int { starts.count - 1 }

  /// The number of `bytes`, a new one if they were not seen before.
  mutating func insert(_ bytes: Span<UInt8>) -> Int { insert(bytes, 0, bytes.count) }

  /// The number of `text[start ..< end]`, a new one if it was not seen before.
  ///
  /// Faster than to insert an extract, for it may look at the bytes behind it.
  @inline(__always)
  mutating func insert(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    let entry = Self.entry(text, start, end)
    let slot = firstSlot(of: entry, text, start, end)
    let index = Int(slots[slot].index)
    return index >= 0 ? index : append(entry, in: slot, text.extracting(start..<end))
  }

  /// The number of `bytes`, if they were seen.
  func index(of bytes: Span<UInt8>) -> Int? {
    let entry = Self.entry(bytes, 0, bytes.count)
    let index = slots[firstSlot(of: entry, bytes, 0, bytes.count)].index
    return index < 0 ? nil : Int(index)
  }

  /// Looks up the fields from `row` on, as long as they are texts of up to eight bytes that were seen
  /// before and lie in the first slot looked at; returns the first row that is something else.
  ///
  /// Most fields are such; they need no call and no loop. `body` gets rows and numbers.
  @inline(__always)
  func lookUp(
    _ fields: Span<Field>, from row: Int, in text: Span<UInt8>, _ body: (Int, Int32) -> Void
  ) -> Int {
    let slots = slots.span
    let mask = slots.count &- 1
    for row in row..<fields.count {
      let field = fields[row]
      guard field.isText && field.count <= 8 && field.start <= text.count &- 8 else { return row }
      let bits = UInt64(truncatingIfNeeded: field.count &* 8)
      let kept = field.count == 8 ? UInt64.max : ((1 as UInt64) &<< bits) &- 1
      let head = text.word(at: field.start) & kept
      let hash = Self.mixed(head, UInt64(truncatingIfNeeded: field.count))
      let slot = slots[Int(truncatingIfNeeded: hash) & mask]
      guard slot.head == head && Int(slot.length) == field.count && slot.index >= 0 else {
        return row
      }
      body(row, slot.index)
    }
    return fields.count
  }

  private mutating func append(_ entry: Slot, in slot: Int, _ bytes: Span<UInt8>) -> Int {
    let index = count
    for i in bytes.indices { storage.append(bytes[i]) }
    starts.append(storage.count)
    slots[slot] = Slot(head: entry.head, length: entry.length, index: Int32(index))
    if count * 2 > slots.count { grow() }
    return index
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

  /// A slot as it would be for `text[start ..< end]`, without its number.
  @inline(__always)
  private static func entry(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Slot {
    Slot(
      head: text.word(at: start, count: end &- start),
      length: UInt32(truncatingIfNeeded: end &- start))
  }

  /// The slot that holds `text[start ..< end]`, or the free one where it belongs.
  @inline(__always)
  private func firstSlot(
    of entry: Slot, _ text: Span<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    let slots = slots.span
    let mask = slots.count &- 1
    var slot = Self.hash(entry, text, start, end) & mask
    while slots[slot].index >= 0 {
      if slots[slot].head == entry.head && slots[slot].length == entry.length
        && (end &- start <= 8 || isEqual(Int(slots[slot].index), text.extracting(start..<end)))
      {
        return slot
      }
      slot = (slot &+ 1) & mask
    }
    return slot
  }

  private func isEqual(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
    let start = starts[index]
    guard starts[index + 1] - start == bytes.count else { return false }
    let own = storage.span
    var i = 0
    while i + 8 <= bytes.count {
      if own.word(at: start + i) != bytes.word(at: i) { return false }
      i += 8
    }
    while i < bytes.count {
      if own[start + i] != bytes[i] { return false }
      i += 1
    }
    return true
  }

  /// Doubles the slots; half of them at most are in use, so that probes stay short.
  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    let mask = slots.count - 1
    for entry in old where entry.index >= 0 {
      let index = Int(entry.index)
      var slot = Self.hash(entry, storage.span, starts[index], starts[index + 1]) & mask
      while slots[slot].index >= 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }

  /// Multiplies eight bytes at a time to 128 bits, whose halves are added without carry.
  @inline(__always)
  private static func hash(
    _ entry: Slot, _ text: Span<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    var hash = mixed(entry.head, UInt64(entry.length))
    var i = start &+ 8
    while i < end {
      hash = mixed(text.word(at: i, count: end &- i), hash)
      i &+= 8
    }
    return Int(truncatingIfNeeded: hash)
  }

  @inline(__always)
  private static func mixed(_ word: UInt64, _ hash: UInt64) -> UInt64 {
    let (high, low) = (word ^ 0x9E37_79B9_7F4A_7C15)
      .multipliedFullWidth(by: hash ^ 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }
}
