package import TauroData

/// A column of a dataset as people ask for it: its name, its type, and what kind of values it has.
package struct DatasetColumn: Sendable, Hashable {
    /// What can be asked of the values: all are counted, some are ordered, some are added up.
    package enum Kind: Sendable {
        case bool
        case integer
        case float
        case decimal
        case date
        case timestamp
        /// An instant: a timestamp with a zone.
        case instant
        case time
        case text
        /// Bytes, lists, structures, intervals and the like.
        case other
    }

    package let name: String
    /// The type as nodes receive it, for example `timestamp(us)`.
    package let type: String
    package let isNullable: Bool
    package let kind: Kind

    /// Describes a column of a table.
    package init(_ field: Field) {
        name = field.name
        type = field.type.description
        isNullable = field.isNullable
        kind = Kind(field.type)
    }

    /// Whether people expect the values to lean right.
    package var isNumber: Bool { [.integer, .float, .decimal].contains(kind) }
}

extension DatasetColumn.Kind {
    fileprivate init(_ type: ArrowType) {
        switch type {
        case .bool: self = .bool
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: self = .integer
        case .float16, .float32, .float64: self = .float
        case .decimal: self = .decimal
        case .date32, .date64: self = .date
        case .timestamp(_, let zone): self = zone == nil ? .timestamp : .instant
        case .time: self = .time
        case .utf8, .largeUTF8, .utf8View: self = .text
        case .dictionary(_, let values, _): self.init(values)
        default: self = .other
        }
    }
}
