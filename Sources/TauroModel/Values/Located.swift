/// A value with the place it was written at, so that a later complaint about it can point there.
@dynamicMemberLookup
public struct Located<Value: Sendable>: Sendable {
    /// The value.
    public var value: Value
    /// Where it was written; nil for what was built in memory.
    public var location: SourceLocation?

    /// Creates a located value.
    public init(_ value: Value, at location: SourceLocation? = nil) {
        self.value = value
        self.location = location
    }

    /// Reads a property of the value.
    public subscript<Property>(dynamicMember path: KeyPath<Value, Property>) -> Property { value[keyPath: path] }
}

extension Located: Equatable where Value: Equatable {
    /// Two located values are equal when their values are, wherever they were written.
    public static func == (left: Located, right: Located) -> Bool { left.value == right.value }
}

extension Located: Hashable where Value: Hashable {
    /// Hashes the value alone.
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
