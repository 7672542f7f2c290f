// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

// Keys in alphabetical order, every key present: the same text that a sorted encoder would write, which
// is the oracle of these in the tests.

extension SliceMeasurement {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("denominator")
      json.value(denominator)
      json.key("designEffect")
      json.value(designEffect)
      json.key("interval")
      ReportedInterval.write(interval, to: &json)
      json.key("intervalReason")
      json.value(intervalReason)
      json.key("metric")
      json.value(metric)
      json.key("model")
      json.value(model)
      json.key("n")
      json.value(n)
      json.key("nullReference")
      nullReference?.write(to: &json) ?? json.null()
      json.key("numerator")
      json.value(numerator)
      json.key("reason")
      json.value(reason)
      json.key("slice")
      slice.write(to: &json)
      json.key("standardError")
      json.value(standardError)
      json.key("status")
      json.value(status.rawValue)
      json.key("value")
      json.value(value)
    }
  }
}

extension Gap {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("acrossMetrics")
      acrossMetrics?.write(to: &json) ?? json.null()
      json.key("adjustedPValue")
      json.value(adjustedPValue)
      json.key("attributes")
      json.array(attributes) { $0.value($1) }
      json.key("components")
      json.array(components) { json, component in component.write(to: &json) }
      json.key("condition")
      condition?.write(to: &json) ?? json.null()
      json.key("excluded")
      json.array(excluded) { json, exclusion in exclusion.write(to: &json) }
      json.key("interval")
      ReportedInterval.write(interval, to: &json)
      json.key("intervalReason")
      json.value(intervalReason)
      json.key("kind")
      json.value(kind.rawValue)
      json.key("metric")
      json.value(metric)
      json.key("minimumDetectable")
      json.value(minimumDetectable)
      json.key("missingBounds")
      missingBounds?.write(to: &json) ?? json.null()
      json.key("model")
      json.value(model)
      json.key("name")
      json.value(name)
      json.key("noiseFloor")
      noiseFloor?.write(to: &json) ?? json.null()
      json.key("pValue")
      json.value(pValue)
      json.key("reason")
      json.value(reason)
      json.key("reference")
      reference?.write(to: &json) ?? json.null()
      json.key("slice")
      slice?.write(to: &json) ?? json.null()
      json.key("standardError")
      json.value(standardError)
      json.key("status")
      json.value(status.rawValue)
      json.key("tableTests")
      tableTests?.write(to: &json) ?? json.null()
      json.key("value")
      json.value(value)
    }
  }
}

extension TableTests {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("fisherExact")
      json.value(fisherExact)
      json.key("hypergeometricZ")
      json.value(hypergeometricZ)
      json.key("midP")
      json.value(midP)
      json.key("pooledZ")
      json.value(pooledZ)
    }
  }
}

extension Slice {
  func write(to json: inout JSONText) {
    json.object { json in
      for assignment in assignments {
        json.key(assignment.attribute)
        json.value(assignment.group)
      }
    }
  }
}

extension ReportedInterval {
  static func write(_ interval: ReportedInterval?, to json: inout JSONText) {
    guard let interval else { return json.null() }
    json.object { json in
      json.key("family")
      interval.family?.write(to: &json) ?? json.null()
      json.key("high")
      json.value(interval.high)
      json.key("level")
      json.value(interval.level)
      json.key("low")
      json.value(interval.low)
      json.key("method")
      json.value(interval.method)
      json.key("monteCarloError")
      interval.monteCarloError?.write(to: &json) ?? json.null()
    }
  }
}
