import CDuckDB
import CTauro
import TauroBasics

/// The functions between DuckDB's chunks of values and Arrow arrays.
struct DuckDBArrowFunctions: Sendable {
    let resultArrowOptions: @convention(c) (ResultPointer) -> Handle
    let destroyArrowOptions: @convention(c) (HandlePointer) -> Void
    let toArrowSchema:
        @convention(c) (Handle, HandlePointer, UnsafeMutablePointer<Text>?, UInt64, UnsafeMutablePointer<ArrowSchema>?)
            -> Handle
    let chunkToArrow: @convention(c) (Handle, Handle, UnsafeMutablePointer<ArrowArray>?) -> Handle
    let schemaFromArrow: @convention(c) (Handle, UnsafeMutablePointer<ArrowSchema>?, HandlePointer) -> Handle
    let destroyConvertedSchema: @convention(c) (HandlePointer) -> Void
    let chunkFromArrow: @convention(c) (Handle, UnsafeMutablePointer<ArrowArray>?, Handle, HandlePointer) -> Handle
    let errorMessage: @convention(c) (Handle) -> Text
    let destroyError: @convention(c) (HandlePointer) -> Void
    let chunkVector: @convention(c) (Handle, UInt64) -> Handle
    let vectorType: @convention(c) (Handle) -> Handle

    init(in library: DynamicLibrary) throws(DynamicLibraryError) {
        resultArrowOptions = try library.find("result_get_arrow_options")
        destroyArrowOptions = try library.find("destroy_arrow_options")
        toArrowSchema = try library.find("to_arrow_schema")
        chunkToArrow = try library.find("data_chunk_to_arrow")
        schemaFromArrow = try library.find("schema_from_arrow")
        destroyConvertedSchema = try library.find("destroy_arrow_converted_schema")
        chunkFromArrow = try library.find("data_chunk_from_arrow")
        errorMessage = try library.find("error_data_message")
        destroyError = try library.find("destroy_error_data")
        chunkVector = try library.find("data_chunk_get_vector")
        vectorType = try library.find("vector_get_column_type")
    }

    /// The text of an error object, which it frees; nil where there is none.
    func take(_ error: Handle) -> String? {
        guard error != nil else { return nil }
        var owned = error
        defer { destroyError(&owned) }
        let text = errorMessage(error).map { String(cString: $0) } ?? "unknown error"
        // Some are JSON with the text inside.
        guard case .string(let message)? = (try? JSONValue(parsing: text))?["exception_message"] else { return text }
        return message
    }
}
