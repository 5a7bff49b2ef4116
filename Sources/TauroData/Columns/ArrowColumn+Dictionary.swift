import CTauro

extension ArrowColumn {
    /// A dictionary of text as plain text.
    ///
    /// - Throws: `ArrowError` with the code `.typeMismatch` for any other type.
    package func decodedText() throws(ArrowError) -> ArrowColumn {
        guard case .dictionary(let index, let words, _) = type, let dictionary = array.pointee.dictionary else {
            throw ArrowError(.typeMismatch, "\(type) is no dictionary of text")
        }
        let count = Int(dictionary.pointee.length)
        let texts = try ArrowColumn(type: words, owner: owner, array: dictionary, start: 0, count: count)
            .values(as: String.self)
        let indices = ArrowColumn(type: index, owner: owner, array: array, start: start, count: self.count)
        let builder = ColumnBuilder<String>()
        switch index {
        case .uint8:
            builder.append(contentsOf: try indices.values(as: UInt8.self).map { $0.flatMap { texts[Int($0)] } })
        case .uint16:
            builder.append(contentsOf: try indices.values(as: UInt16.self).map { $0.flatMap { texts[Int($0)] } })
        default: builder.append(contentsOf: try indices.values(as: UInt32.self).map { $0.flatMap { texts[Int($0)] } })
        }
        return try builder.finish()
    }
}
