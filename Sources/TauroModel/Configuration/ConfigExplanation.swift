/// Where the value of one key of a project comes from.
package struct ConfigExplanation: Sendable {
    /// What becomes of one layer's value.
    package enum Standing: String, Sendable, Hashable {
        /// It is the value, or the nearest part of it.
        case wins
        /// It is a map, and fills in what nearer maps do not say.
        case merged
        /// A nearer value takes its place.
        case overridden
        /// It is empty, so that the layers below it in the same place count for nothing.
        case empty
    }

    /// What says a value.
    package enum Owner: Sendable, Hashable {
        /// A section, or one entry of it, by the section's documented name.
        case section(String, entry: String?)
        /// This program.
        case builtIn
    }

    /// One place that sets the key.
    package struct Layer: Sendable {
        package let standing: Standing
        package let owner: Owner
        /// With all references replaced, as far as they can be.
        package let value: ConfigValue
        /// The text with references that the value was written as, if it was, and may be shown.
        package let template: String?
        /// Where it is written; nil for what is built in.
        package let location: SourceLocation?

        package init(
            standing: Standing,
            owner: Owner,
            value: ConfigValue,
            template: String? = nil,
            location: SourceLocation? = nil
        ) {
            self.standing = standing
            self.owner = owner
            self.value = value
            self.template = template
            self.location = location
        }
    }

    /// The key as it was asked for.
    package let key: String
    /// The value that counts; nil where nothing sets the key.
    package let value: ConfigValue?
    /// What sets it, nearest first.
    package let layers: [Layer]
    /// The pipeline whose settings count for the node, if the key is a node's and one was named or is the only one.
    package let pipeline: String?
    /// The pipelines of the node where there are several and none was named.
    package let pipelinesToChoose: [String]
    /// The environment and the files that were read for it.
    package let source: ConfigSource

    package init(
        key: String,
        value: ConfigValue?,
        layers: [Layer],
        pipeline: String?,
        pipelinesToChoose: [String],
        source: ConfigSource
    ) {
        self.key = key
        self.value = value
        self.layers = layers
        self.pipeline = pipeline
        self.pipelinesToChoose = pipelinesToChoose
        self.source = source
    }
}

/// The environment that a configuration was loaded for, and its files.
package struct ConfigSource: Sendable {
    /// The environment's canonical name; nil where none was asked for.
    package let environment: String?
    /// The overlays that apply, in the order they are laid over the files below all of them.
    package let overlays: [String]
    /// Every file that was read, in the order they are laid over one another.
    package let files: [String]

    package init(environment: String?, overlays: [String], files: [String]) {
        self.environment = environment
        self.overlays = overlays
        self.files = files
    }
}
