// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandSampling
import Foundation
import Testing

@Suite("Gates: policies") struct PolicyTests {
  static let contract = """
    alpha: 0.05                 # one-sided error rate
    gates:
      - name: four-fifths screen
        metric: selection_rate
        gap: ratio              # difference | ratio | a named gap; absent: the metric itself
        of: pairs               # groups | pairs | reference | overall
        over: [sex]             # attributes; several: their intersections; absent: overall
        min: 0.8                # and/or max
        on: interval            # interval | point
        on_inconclusive: fail   # fail | warn | pass
        severity: block         # block | warn
        model: boosted
        slices: [{sex: Female}, {sex: ~}]
        min_n: 100
        owner: someone
        rationale: because
        expires: 2027-02-28
        waiver: {by: a person, reason: a reason, until: 2026-12-31}
      - name: change
        metric: f1_score
        over: sex
        change: {max_drop: 0.01}
    """

  @Test func contractIsRead() throws {
    let policy = try Policy(yaml: Data(Self.contract.utf8), name: "p")
    let gate = policy.gates[0]
    #expect(policy.alpha == 0.05 && gate.gap == .ratio && gate.of == .pairs && gate.min == 0.8)
    #expect(gate.slices == [Cards.group("Female"), Cards.group(nil)])
    #expect(gate.minN == 100 && gate.model == "boosted" && gate.onInconclusive == .fail)
    #expect(gate.waiver?.until == "2026-12-31" && gate.expires?.description == "2027-02-28")
    #expect(policy.gates[1].metric == "f1" && policy.gates[1].change?.maxDrop == 0.01)
    #expect(policy.gates[1].over == ["sex"] && policy.gates[1].of == .groups)
  }

  private static let refusals: [(String, String)] = [
    ("alpha: 0.05\ngate: []", "p:2: unknown key 'gate' in a policy; did you mean 'gates'?"),
    ("gates:\n- name: a\n  metric: f1\n  mni: 0.8", "p:4: unknown key 'mni'"),
    ("gates:\n- name: a\n  metric: f1\n  min: 0.8\n  min: 0.9", "the key 'min' is given twice"),
    ("gates:\n- name: a\n  metric: f1\n  min: [0.8]", "p:4: min: a number is expected"),
    ("gates:\n- name: a\n  metric: f1\n  min: nan", "p:4: min: a number is expected"),
    ("gates:\n- name: a\n  metric: f1\n  min: \"0.8\"", "p:4: min: a number is expected"),
    ("gates:\n- name: a\n  metric: f1\n  min:", "p:4: min: a number is expected"),
    ("gates:\n- name: a\n  metric: f1\n  min: 80", "lies in [0.0, 1.0]"),
    ("gates:\n- name: a\n  metric: f1\n  min: 0.9\n  max: 0.8", "no value lies above"),
    ("gates:\n- name: a\n  metric: f1", "no limit"),
    ("gates:\n- name: a\n  metric: f2\n  min: 0", "no metric 'f2'; did you mean"),
    ("gates:\n- metric: f1\n  min: 0", "p:2: a gate needs 'name'"),
    ("gates:\n- name: a\n  metric: f1\n  gap: ratio\n  over: [s]\n  min: 0.8", "no ratios"),
    (
      "gates:\n- name: a\n  metric: f1\n  gap: ratoi\n  min: 0.8",
      "p:4: gap: no gap is called 'ratoi'"
    ),
    ("gates:\n- name: a\n  metric: f1\n  gap: difference\n  max: 0.8", "needs the attributes"),
    (
      "gates:\n- name: a\n  metric: f1\n  gap: difference\n  over: [s]\n  min: 0.1",
      "both directions"
    ),
    ("gates:\n- name: a\n  metric: f1\n  of: pairs\n  min: 0.8", "of: pairs needs a gap"),
    (
      "gates:\n- name: a\n  metric: f1\n  gap: difference\n  of: reference\n  over: [s, t]\n  max: 1",
      "crossed groups have no reference"
    ),
    ("gates:\n- name: a\n  metric: f1\n  min: 0\n  change: {max_drop: 0}", "either min and max"),
    ("gates:\n- name: a\n  metric: f1\n  change: {}", "a change needs"),
    ("gates:\n- name: a\n  metric: f1\n  min: 0\n  expires: 2026-02-30", "is not a day"),
    ("gates:\n- name: a\n  metric: f1\n  min: 0\n  waiver: {by: me}", "waiver needs 'reason'"),
    ("gates:\n- name: a\n  metric: f1\n  min: 0\n  on: mean", "'mean' is not one of"),
    (
      "gates:\n- {name: a, metric: f1, min: 0}\n- {name: a, metric: f1, min: 0}",
      "two gates are called 'a'"
    ),
    ("gates: []", "judges nothing"), ("", "judges nothing"), ("- a", "a policy is a map"),
    ("alpha: 0.5\ngates: []", "alpha: lies between 0 and 0.5"),
    ("gates: [", "not valid YAML"), ("gates: *a", "not valid YAML"),
    (
      "gates:\n- name: a\n  gap: equalized_odds_difference\n  metric: f1\n  over: [s]\n  max: 1",
      "is of equalized_odds"
    ),
  ]

  @Test(arguments: refusals)
  func refused(yaml: String, problem: String) {
    do {
      _ = try Policy(yaml: Data(yaml.utf8), name: "p")
      Issue.record("accepted: \(yaml)")
    } catch {
      #expect(error.description.contains(problem), "\(error.description)")
      #expect(error.description.hasPrefix("p:"))
      #expect(!error.description.contains("\n"))
    }
  }

  /// Whatever the bytes, the reader answers: with a policy or with an error.
  @Test func fuzzedBytes() {
    var stream = RandomStream(seed: 60, family: 0, replicate: 0)
    let seeds = [Array(Self.contract.utf8)] + [Array("gates: [{name: a, metric: f1, min: 0}]".utf8)]
    let alphabet = Array("[]{}:,-?&*!|>'\"%@`#~ \n\t0.eE<".utf8) + [0, 0x85, 0xFF, 0xC3]
    var accepted = 0
    for round in 0..<4000 {
      var bytes = seeds[round % seeds.count]
      for _ in 0...Int(stream.share() * 8) {
        let place = Int(stream.share() * Double(bytes.count))
        let byte = alphabet[Int(stream.share() * Double(alphabet.count))]
        switch Int(stream.share() * 4) {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        case 2: bytes.remove(at: place)
        default:
          bytes.insert(contentsOf: bytes[place...].prefix(Int(stream.share() * 40)), at: place)
        }
      }
      if (try? Policy(yaml: Data(bytes), name: "p")) != nil { accepted += 1 }
    }
    #expect(accepted > 0)
    for deep in ["[", "{", "- ", "? ", "{a: ", "[{", "!", "&a ", "\"", "#"] {
      let bytes = Data(String(repeating: deep, count: 200_000).utf8)
      #expect(throws: PolicyError.self) { try Policy(yaml: bytes, name: "p") }
    }
    let steps = (0..<3000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(throws: PolicyError.self) { try Policy(yaml: Data(steps.utf8), name: "p") }
  }

  @Test func days() throws {
    #expect(CalendarDay("2024-02-29")?.description == "2024-02-29")
    for text in [
      "2023-02-29", "2026-13-01", "2026-1-1", "20260101", "2026-00-10", "", "2026-01-0x",
    ] {
      #expect(CalendarDay(text) == nil, "\(text)")
    }
    #expect(CalendarDay.today(["SOURCE_DATE_EPOCH": "1767225600"]).description == "2026-01-01")
    #expect(try #require(CalendarDay("2026-01-31")) < (try #require(CalendarDay("2026-02-01"))))
  }
}
