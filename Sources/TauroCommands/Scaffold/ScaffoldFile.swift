/// A file of a new project.
struct ScaffoldFile {
    /// Where it goes, relative to the project's directory.
    let path: String
    /// Its whole content.
    let text: String

    /// A file whose content ends with a line feed, whether `text` does or not.
    init(_ path: String, _ text: String) {
        self.path = path
        self.text = text.hasSuffix("\n") ? text : text + "\n"
    }
}
