import TauroBasics

/// A column's name and type.
public struct Field: Sendable, Hashable {
    /// The column's name.
    public let name: String
    /// The column's type.
    public let type: ArrowType
    /// Whether the column may hold nulls.
    public let isNullable: Bool
    /// What the producer says beside, for example the name of an extension type.
    public let metadata: [String: String]

    /// Creates a field.
    public init(_ name: String, _ type: ArrowType, isNullable: Bool = true, metadata: [String: String] = [:]) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.metadata = metadata
    }
}

/// The columns of a table, in order.
public struct Schema: Sendable, Hashable, CustomStringConvertible {
    /// The columns' names and types.
    public let fields: [Field]
    /// What the producer says beside.
    public let metadata: [String: String]

    /// Creates a schema.
    public init(_ fields: [Field], metadata: [String: String] = [:]) {
        self.fields = fields
        self.metadata = metadata
    }

    /// The position of the column named `name`.
    ///
    /// - Throws: `ArrowError` with the code `.unknownColumn`, which lists the columns and proposes the nearest.
    public func index(of name: String) throws(ArrowError) -> Int {
        if let index = fields.firstIndex(where: { $0.name == name }) { return index }
        let names = fields.map(\.name)
        let hint = NearestName.ending(NearestName.nearest(to: name, in: names))
        throw ArrowError(
            .unknownColumn,
            "no column '\(name)' among \(names.map { "'\($0)'" }.joined(separator: ", "))\(hint)"
        )
    }

    /// The columns as one line, for example `id: int64, name: utf8`.
    public var description: String { fields.map { "\($0.name): \($0.type)" }.joined(separator: ", ") }
}
