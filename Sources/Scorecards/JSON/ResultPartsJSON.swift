// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

// As in ResultsJSON.swift: keys in alphabetical order, every key present.

extension MonteCarloError {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("high")
      json.value(high)
      json.key("low")
      json.value(low)
    }
  }
}

extension MissingBounds {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("high")
      json.value(high)
      json.key("low")
      json.value(low)
      json.key("rows")
      json.value(rows)
    }
  }
}

extension AcrossMetrics {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("benjaminiHochberg")
      json.value(benjaminiHochberg)
      json.key("benjaminiYekutieli")
      json.value(benjaminiYekutieli)
      json.key("family")
      json.value(family)
      json.key("holm")
      json.value(holm)
      json.key("maxT")
      json.value(maxT)
      json.key("romanoWolf")
      json.value(romanoWolf)
      json.key("size")
      json.value(size)
    }
  }
}

extension Family {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("critical")
      json.value(critical)
      json.key("id")
      json.value(id)
      json.key("size")
      json.value(size)
    }
  }
}

extension NullReference {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("expected")
      json.value(expected)
      json.key("hypothesis")
      json.value(hypothesis)
      json.key("pValue")
      json.value(pValue)
      json.key("upper95")
      json.value(upper95)
    }
  }
}

extension NoiseFloor {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("expected")
      json.value(expected)
      json.key("lower95")
      json.value(lower95)
      json.key("upper95")
      json.value(upper95)
    }
  }
}

extension GapComponent {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("metric")
      json.value(metric)
      json.key("value")
      json.value(value)
    }
  }
}

extension Exclusion {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("denominator")
      json.value(denominator)
      json.key("reason")
      json.value(reason)
      json.key("slice")
      slice.write(to: &json)
    }
  }
}
