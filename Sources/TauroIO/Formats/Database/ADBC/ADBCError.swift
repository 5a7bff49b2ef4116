import CADBC
import TauroBasics

/// What a driver says of a call that failed.
struct ADBCError: Error, CustomStringConvertible {
    /// The driver's words, and what the server told it.
    let message: String
    /// Five signs after the SQL standard; nil where the driver tells none.
    let sqlState: String?
    /// The database's own number; nil where the driver tells none.
    let vendorCode: Int32?
    /// Whether the driver has no such function.
    let isUnimplemented: Bool

    init(message: String, sqlState: String? = nil, vendorCode: Int32? = nil, isUnimplemented: Bool = false) {
        self.isUnimplemented = isUnimplemented
        self.message = message
        self.sqlState = sqlState
        self.vendorCode = vendorCode
    }

    /// Takes what a driver filled in.
    fileprivate init(_ error: tauro_adbc_error, status: UInt8) {
        let text = error.message.map { String(cString: $0) } ?? "the driver gives no reason, but the status \(status)"
        let state = withUnsafeBytes(of: error.sqlstate) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        self.init(
            message: text.trimmed,
            sqlState: state.utf8.count == 5 && state != "00000" ? state : nil,
            vendorCode: error.vendor_code == 0 ? nil : error.vendor_code,
            isUnimplemented: status == UInt8(TAURO_ADBC_NOT_IMPLEMENTED)
        )
    }

    /// The message, and the codes that it does not hold already.
    var description: String {
        let codes = [sqlState.map { "SQLSTATE \($0)" }, vendorCode.map { "code \($0)" }].compactMap(\.self)
            .filter { code in !message.hasPart(String(code.drop { $0 != " " }.dropFirst())) }
        return codes.isEmpty ? message : "\(message) (\(codes.joined(separator: ", ")))"
    }

    /// Calls a driver, and throws what it says where it fails.
    @inline(never)
    static func check(_ call: (UnsafeMutablePointer<tauro_adbc_error>) -> UInt8) throws(ADBCError) {
        var error = tauro_adbc_error()
        let status = call(&error)
        defer { error.release?(&error) }
        if status != UInt8(TAURO_ADBC_OK) { throw ADBCError(error, status: status) }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    fileprivate func hasPart(_ part: String) -> Bool { !ranges(of: part).isEmpty }
}
