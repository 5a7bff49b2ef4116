import TauroModel

extension Diagnostic {
    /// The same finding with other notes, where needed of another severity, and with a place if it had none.
    func changed(_ severity: Severity? = nil, at place: SourceLocation? = nil, notes: [String]) -> Diagnostic {
        Diagnostic(severity ?? self.severity, kind, message, at: location ?? place, notes: notes)
    }
}
