// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One `-----BEGIN …-----` block of a PEM text (RFC 7468).
struct PEMBlock: Equatable {
  var label: String
  var bytes: [UInt8]

  /// All blocks; what stands between them is ignored, as openssl writes attributes there.
  static func blocks(in text: String) throws(SigningError) -> [PEMBlock] {
    var blocks: [PEMBlock] = []
    var label: String?
    var digits = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.hasPrefix("-----BEGIN "), line.hasSuffix("-----") {
        guard label == nil else { throw SigningError("a PEM block begins within another") }
        label = String(line.dropFirst(11).dropLast(5))
        digits = ""
      } else if let open = label {
        guard line.hasPrefix("-----") else {
          digits += line
          continue
        }
        guard line == "-----END \(open)-----", let data = Data(base64Encoded: digits) else {
          throw SigningError("the PEM block '\(open)' is damaged")
        }
        blocks.append(PEMBlock(label: open, bytes: Array(data)))
        label = nil
      }
    }
    guard label == nil else { throw SigningError("a PEM block has no end: the file is cut off") }
    guard !blocks.isEmpty else {
      throw SigningError("there is no PEM block (-----BEGIN …) in it")
    }
    return blocks
  }

  var text: String {
    let digits = Array(Data(bytes).base64EncodedString())
    let lines = stride(from: 0, to: digits.count, by: 64).map {
      String(digits[$0..<min($0 + 64, digits.count)])
    }
    return (["-----BEGIN \(label)-----"] + lines + ["-----END \(label)-----", ""])
      .joined(separator: "\n")
  }
}

/// What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410); everything in it is fixed.
enum Ed25519DER {
  /// SubjectPublicKeyInfo: SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING }.
  static let publicPrefix: [UInt8] = [
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]
  /// PKCS#8: SEQUENCE { 0, SEQUENCE { OID 1.3.101.112 }, OCTET STRING { OCTET STRING } }.
  static let privatePrefix: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]

  /// The 32 bytes after exactly this prefix.
  static func key(_ bytes: [UInt8], after prefix: [UInt8]) -> [UInt8]? {
    guard bytes.count == prefix.count + 32, bytes.starts(with: prefix) else { return nil }
    return Array(bytes.dropFirst(prefix.count))
  }
}
