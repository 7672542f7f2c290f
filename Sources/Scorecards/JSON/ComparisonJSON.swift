// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

// As in ResultsJSON: keys in alphabetical order, every key present.

extension ModelComparison {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("adjustedPValue")
      json.value(adjustedPValue)
      json.key("baseline")
      json.value(baseline)
      json.key("baselineValue")
      json.value(baselineValue)
      json.key("candidate")
      json.value(candidate)
      json.key("candidateValue")
      json.value(candidateValue)
      json.key("degreesOfFreedom")
      json.value(degreesOfFreedom)
      json.key("difference")
      difference.write(to: &json)
      json.key("discordant")
      discordant?.write(to: &json) ?? json.null()
      json.key("gap")
      gap?.write(to: &json) ?? json.null()
      json.key("method")
      json.value(method)
      json.key("metric")
      json.value(metric)
      json.key("pValue")
      json.value(pValue)
      json.key("ratio")
      ratio?.write(to: &json) ?? json.null()
      json.key("reason")
      json.value(reason)
      json.key("slice")
      slice?.write(to: &json) ?? json.null()
      json.key("status")
      json.value(status.rawValue)
    }
  }
}

extension Change {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("interval")
      ReportedInterval.write(interval, to: &json)
      json.key("intervalReason")
      json.value(intervalReason)
      json.key("standardError")
      json.value(standardError)
      json.key("value")
      json.value(value)
    }
  }
}

extension DiscordantPairs {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("baselineOnly")
      json.value(baselineOnly)
      json.key("candidateOnly")
      json.value(candidateOnly)
      json.key("exactPValue")
      json.value(exactPValue)
      json.key("midPValue")
      json.value(midPValue)
      json.key("pairs")
      json.value(pairs)
    }
  }
}

extension ComparedGap {
  func write(to json: inout JSONText) {
    json.object { json in
      json.key("attributes")
      json.array(attributes) { $0.value($1) }
      json.key("kind")
      json.value(kind.rawValue)
      json.key("name")
      json.value(name)
      json.key("reference")
      reference?.write(to: &json) ?? json.null()
      json.key("slice")
      slice?.write(to: &json) ?? json.null()
    }
  }
}
