extension Collection<String> {
    /// The names joined by commas; of many the first and how many more there are.
    package func listed(atMost limit: Int) -> String {
        let shown = prefix(limit).joined(separator: ", ")
        return count > limit ? "\(shown) and \(count - limit) more" : shown
    }
}
