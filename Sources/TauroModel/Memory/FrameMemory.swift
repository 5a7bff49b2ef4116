/// How much memory the frames of a run may hold together, and where they go beyond that.
package struct FrameMemory: Sendable {
    /// Bytes that frames may hold between nodes.
    package let limit: Int
    /// Absolute path of the directory for the files of what is more; made when it is needed.
    package let directory: String

    package init(limit: Int, directory: String) {
        self.limit = limit
        self.directory = directory
    }
}
