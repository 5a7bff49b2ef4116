/// A file of a new project.
struct ScaffoldFile {
    /// Where it goes, relative to the project's directory.
    let path: String
    /// Its whole content, with a line feed at its end.
    let text: String

    /// A file with a fixed content.
    init(_ path: String, _ text: String) {
        self.path = path
        self.text = text + "\n"
    }

    /// A file made of a template.
    ///
    /// `{{name}}` in it stands for the plugin's name, `{{Name}}` for its capitalized form, `{{key}}` for the text of any
    /// other key.
    init(_ path: String, _ template: String, for name: PluginName, with texts: [String: String] = [:]) {
        var text = template
        for (key, value) in texts.merging(["name": name.text, "Name": name.capitalized], uniquingKeysWith: { $1 }) {
            text.replace("{{\(key)}}", with: value)
        }
        self.init(path, text)
    }
}
