// SPDX-License-Identifier: Apache-2.0

extension Refusal {
  private static func join(
    _ name: String, predictions: String, attributes: String, exit: Int32 = 65,
    says: [String]
  ) -> Refusal {
    Refusal(
      name, files: ["p.csv": predictions, "a.csv": attributes], "evaluate", "p.csv", "--label",
      "label", "--model", "m=score", "--by", "sex", "--attributes", "a.csv", "--id", "id",
      exit: exit, says: says)
  }

  private static func good(
    _ name: String, files: [String: String] = [:], _ more: String..., exit: Int32 = 64,
    says: [String]
  ) -> Refusal {
    var refusal = Refusal(
      name, files: files, "evaluate", "good.csv", "--label", "label", "--model", "m=score", "--by",
      "sex", exit: exit, says: says)
    refusal.arguments += more
    return refusal
  }

  private static let fifteen =
    "id,label,score\n" + (1...15).map { "\($0),\($0 % 2),0.5\n" }.joined()

  static let joins: [Refusal] = [
    join(
      "repeated ids without --cluster", predictions: "id,label,score\n1,1,0.5\n2,0,0.4\n1,1,0.3\n",
      attributes: "id,sex\n1,F\n2,M\n",
      says: ["p.csv:2:", "column 'id'", "2 rows", "lines 2 and 4", "\"1\"", "--cluster id"]),
    join(
      "unmatched ids, the first ten", predictions: fifteen, attributes: "id,sex\n1,F\n2,M\n",
      says: [
        "p.csv:4:", "column 'id'", "13 of 15 rows", "a.csv",
        "\"3\", \"4\", \"5\", \"6\", \"7\", \"8\", \"9\", \"10\", \"11\", \"12\", …",
        "--allow-unmatched",
      ]),
    join(
      "attributes with a repeated id", predictions: "id,label,score\n1,1,0.5\n2,0,0.4\n",
      attributes: "id,sex\n1,F\n2,M\n1,M\n",
      says: ["a.csv:4:", "column 'id'", "twice", "line 2", "\"1\"", "one row"]),
    join(
      "column in both tables", predictions: "id,label,score,sex\n1,1,0.5,F\n2,0,0.4,M\n",
      attributes: "id,sex\n1,F\n2,M\n", exit: 64,
      says: ["p.csv", "column 'sex'", "in a.csv too", "Rename"]),
    join(
      "missing id", predictions: "id,label,score\n1,1,0.5\n,0,0.4\n",
      attributes: "id,sex\n1,F\n2,M\n", says: ["p.csv:3:", "column 'id'", "the id is missing"]),
  ]

  static let requests: [Refusal] = [
    .init(
      "no such column", "evaluate", "good.csv", "--label", "lable", "--model", "m=score", "--by",
      "sex", says: ["good.csv", "column 'lable'", "Did you mean 'label'?", "'sex', 'label'"]),
    .init(
      "no such attribute", "evaluate", "good.csv", "--label", "label", "--model", "m=score", "--by",
      "sexx", says: ["good.csv", "column 'sexx'", "asked for as attribute", "'sex'?"]),
    .init(
      "no --by", "evaluate", "good.csv", "--label", "label", "--model", "m=score", says: ["--by"]),
    .init(
      "no model", "evaluate", "good.csv", "--label", "label", "--by", "sex",
      says: ["--model", "--decision"]),
    .init("no table", "evaluate", "--by", "sex", says: ["<table>", "evenhand evaluate --help"]),
    .init("unknown verb", "evalute", "good.csv", says: ["evalute", "--help"]),
    .init(
      "no such file", "evaluate", "nowhere.csv", "--label", "label", "--model", "m=score", "--by",
      "sex", exit: 66, says: ["nowhere.csv", "no such file"]),
    .init(
      "directory as table", "evaluate", ".", "--label", "label", "--model", "m=score", "--by",
      "sex", exit: 66, says: ["directory"]),
    good("unknown flag", "--outptu", "x", says: ["'--outptu'", "'--output'?", "--help"]),
    good("positive flag without a value", "--positive", says: ["--positive", "--help"]),
    good(
      "unknown key", files: ["c.yaml": "label: label\nthreshhold: 0.5\n"], "--config", "c.yaml",
      says: ["c.yaml:2:", "unknown key 'threshhold'", "did you mean 'threshold'?"]),
    good(
      "unknown key of the metadata", files: ["c.yaml": "metadata:\n  ownr: me\n"], "--config",
      "c.yaml", says: ["c.yaml:2:", "'metadata.ownr'", "'owner'?"]),
    good(
      "key given twice", files: ["c.yaml": "label: label\nby: [sex]\nlabel: x\n"], "--config",
      "c.yaml", says: ["c.yaml:3:", "'label'", "twice"]),
    good(
      "malformed yaml", files: ["c.yaml": "label: label\nby: [sex\nminimum: 3\n"], "--config",
      "c.yaml", says: ["c.yaml:3:"]),
    good(
      "wrong value in the file", files: ["c.yaml": "label: label\nseed: many\n"], "--config",
      "c.yaml", says: ["c.yaml:2:", "seed", "'many' is not a whole number"]),
    good("no such configuration", "--config", "c.yaml", exit: 66, says: ["c.yaml", "no such"]),
    good("directory as configuration", "--config", ".", exit: 66, says: ["directory"]),
    good("unknown format", "--format", "pdf", says: ["--format", "'pdf'", "html, markdown"]),
    good(
      "unknown method of intervals", "--interval", "rate=wald",
      says: ["--interval", "'rate=wald'", "clopper_pearson, wilson"]),
    good(
      "unknown kind of intervals", "--interval", "rat=wilson",
      says: ["--interval", "'rat'", "'rate'?"]),
    good(
      "two methods of one kind", "--interval", "rate=wilson,rate=jeffreys",
      says: ["--interval", "'rate'", "twice"]),
    good("strata without a condition", "--resampling", "condition", says: ["--condition"]),
    good("too few permutations", "--permutations", "5", says: ["--permutations", "5"]),
    good("two formats to one stream", "--output", "-", "--format", "html,json", says: ["--format"]),
    good("unknown metric", "--metrics", "recal", says: ["--metrics", "'recal'", "'recall'?"]),
    good("unknown method", "--method", "magic", says: ["--method", "'magic'", "bootstrap"]),
    good("confidence of 95", "--confidence", "95", says: ["--confidence", "0.95"]),
    good("replicates below 100", "--replicates", "10", says: ["--replicates", "100"]),
    good("threshold of no model", "--threshold", "n=0.4", says: ["--threshold", "'n'"]),
    good("threshold that is no number", "--threshold", "half", says: ["--threshold", "'half'"]),
    good(
      "two thresholds", "--threshold", "0.3", "--threshold", "0.4", says: ["--threshold", "'0.4'"]),
    good("one cost of two", "--costs", "fp=5", says: ["--costs", "both errors", "fn=NUMBER"]),
    good("cost of nothing", "--costs", "fp=5,fn=1,no=2", says: ["--costs", "'no'", "outcome"]),
    good("risk above 1", "--net-benefit", "20", says: ["--net-benefit", "between 0 and 1"]),
    good(
      "cost not stated", "--metrics", "expected_cost", says: ["--metrics", "--costs fp=1,fn=5"]),
    good("aim that is none", "--propose", "recall>0.8", says: ["--propose", "METRIC>=V"]),
    good("aim without costs", "--propose", "least_cost", says: ["--propose", "--costs"]),
    good("aim of no attribute", "--propose", "recall:age>=0.8", says: ["--propose", "'age'"]),
    good("no directory", "--output", "", says: ["--output", "directory"]),
    good("model without a column", "--model", "n", says: ["--model", "'n'", "NAME=COLUMN"]),
    good("reference of no attribute", "--reference", "age=1", says: ["--reference", "'age'"]),
    good("reference of no row", "--reference", "sex=X", says: ["good.csv", "'sex'", "\"X\""]),
    good("bins out of order", "--bins", "age=45,25", says: ["--bins", "age"]),
    good("bins of no attribute", "--bins", "age=25,45", says: ["--bins", "'age'"]),
    good("id without attributes", "--id", "id", says: ["--id", "--attributes"]),
    good("attributes without id", "--attributes", "good.csv", says: ["--attributes", "--id"]),
    good("model twice", "--model", "m=score", says: ["two models", "'m'"]),
    good("two-character delimiter", "--delimiter", "::", says: ["--delimiter", "'::'"]),
    good("output below a file", "--output", "good.csv/x", exit: 73, says: ["good.csv/x"]),
    good("output that is a file", "--output", "good.csv", exit: 73, says: ["good.csv"]),
    .init("render a table", "render", "good.csv", exit: 65, says: ["good.csv", "scorecard.json"]),
    .init("render nothing", "render", "nowhere.json", exit: 66, says: ["nowhere.json"]),
    .init("inspect nothing", "inspect", "nowhere.csv", exit: 66, says: ["nowhere.csv"]),
    .init("define no metric", "metrics", "recal", says: ["'recal'", "'recall'?"]),
  ]
}
