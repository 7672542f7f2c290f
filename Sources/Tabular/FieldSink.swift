// SPDX-License-Identifier: Apache-2.0

/// Takes in one column's fields.
protocol FieldSink: Sendable {
  /// Appends the fields at `slot`, up to the first that the column cannot hold, which is returned.
  mutating func append(
    _ block: borrowing FieldBlock, slot: Int, from bytes: Span<UInt8>
  ) -> Refusal?

  /// Makes room for `count` rows more.
  mutating func reserve(_ count: Int)

  /// Appends what was appended to `next`.
  mutating func merge(_ next: Self)

  /// What was appended; nothing is left.
  mutating func takeColumn(named name: String) -> Column
}

extension FieldSink {
  /// Appends what was appended to `next`, which is of this type.
  mutating func merge(_ next: any FieldSink) {
    if let next = next as? Self { merge(next) }
  }
}
