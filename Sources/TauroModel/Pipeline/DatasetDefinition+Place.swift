import TauroBasics

extension DatasetDefinition {
    /// Where it is, for people: its path, or the table and the server without secrets.
    package var place: String {
        guard let address = options["uri"], case .string(let text) = address.content else { return path.value }
        let server = ServerAddress(text, isSecret: address.isSecret).shown
        guard case .string(let table)? = options["table"]?.content else { return server }
        return "table \(table) of \(server)"
    }
}
