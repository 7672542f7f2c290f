// SPDX-License-Identifier: Apache-2.0

/// A table whose first column heads its rows.
public struct DocumentTable: Sendable, Equatable {
  public enum Alignment: Sendable, Equatable {
    case leading, trailing
  }

  public struct Column: Sendable, Equatable {
    public var title: String
    public var alignment: Alignment
    /// An axis above the charts of the column. Such a column has no text: where there are no figures,
    /// it is left out.
    public var axis: Chart?
    /// The mark of the series that the column holds.
    public var mark: Chart?
    /// Whether a summary in a terminal has room for it.
    public var inSummary: Bool

    public init(
      _ title: String, _ alignment: Alignment = .leading, axis: Chart? = nil, mark: Chart? = nil,
      inSummary: Bool = true
    ) {
      self.title = title
      self.alignment = alignment
      self.axis = axis
      self.mark = mark
      self.inSummary = inSummary
    }
  }

  public struct Cell: Sendable, Equatable {
    public enum Content: Sendable, Equatable {
      case words, number
      /// The words that stand where a number would: `too few: 4 positives`.
      case status
    }

    public var content: Content
    public var text: String
    /// What qualifies the text: an interval, a group.
    public var detail: String
    /// −3…3: how far below or above the overall value, 0 where that is not established.
    public var shade: Int
    public var chart: Chart?

    public init(
      _ content: Content, _ text: String, detail: String = "", shade: Int = 0, chart: Chart? = nil
    ) {
      self.content = content
      self.text = text
      self.detail = detail
      self.shade = shade
      self.chart = chart
    }

    public static func words(_ text: String, detail: String = "") -> Cell {
      Cell(.words, text, detail: detail)
    }

    public static func number(_ text: String, detail: String = "", shade: Int = 0) -> Cell {
      Cell(.number, text, detail: detail, shade: shade)
    }

    public static func chart(_ chart: Chart?) -> Cell { Cell(.words, "", chart: chart) }

    /// The sign of the shade, for readers without colour.
    public var arrow: String { shade == 0 ? "" : shade > 0 ? "▲" : "▼" }
  }

  public struct Row: Sendable, Equatable {
    public var header: Cell
    public var cells: [Cell]

    public init(_ header: Cell, _ cells: [Cell]) {
      self.header = header
      self.cells = cells
    }
  }

  /// Rows under a common heading, such as an attribute.
  public struct Group: Sendable, Equatable {
    public var title: String
    public var rows: [Row]

    public init(_ title: String = "", _ rows: [Row]) {
      self.title = title
      self.rows = rows
    }
  }

  public var caption: RichText
  public var columns: [Column]
  public var groups: [Group]
  /// How many rows are only in scorecard.json.
  public private(set) var more = 0

  public init(caption: RichText, columns: [Column], groups: [Group]) {
    self.caption = caption
    self.columns = columns
    self.groups = groups.filter { !$0.rows.isEmpty }
    precondition(
      groups.allSatisfy { $0.rows.allSatisfy { $0.cells.count + 1 == columns.count } },
      "a row has as many cells as the table has columns")
  }

  public var isEmpty: Bool { groups.isEmpty }

  /// The table with at most so many rows.
  public func cut(to limit: Int) -> DocumentTable {
    var result = self
    var room = limit
    result.groups = []
    for group in groups {
      let kept = group.rows.prefix(room)
      room -= kept.count
      result.more += group.rows.count - kept.count
      if !kept.isEmpty { result.groups.append(Group(group.title, Array(kept))) }
    }
    return result
  }
}
