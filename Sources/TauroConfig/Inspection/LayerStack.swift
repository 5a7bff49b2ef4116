import TauroModel

/// The layers of one key, nearest first, and the value they come to.
struct LayerStack {
    /// What one file says.
    struct Written {
        let value: ConfigValue
        let template: String?
        let location: SourceLocation
    }

    /// Whether maps of several owners fill one another in, key by key; a key inside such a map has its nearest value.
    let mergesOwners: Bool
    private(set) var layers: [ConfigExplanation.Layer] = []
    /// What the layers come to.
    private(set) var value: ConfigValue?

    /// Whether no layer says anything.
    var isEmpty: Bool { layers.isEmpty }

    /// Adds what the files say of one owner's key, the last file first; `effective` is what they come to.
    mutating func add(_ written: [Written], of owner: ConfigExplanation.Owner, effective: ConfigValue?) {
        let before = value
        var isClosed = false
        var isFirst = true
        for layer in written {
            var standing = standing(of: layer.value, before: before, isFirst: isFirst, isClosed: &isClosed)
            // The other form of what it says lies over it.
            if effective == nil, standing == .wins { standing = .overridden }
            isFirst = false
            layers.append(
                ConfigExplanation.Layer(
                    standing: standing,
                    owner: owner,
                    value: layer.value,
                    template: layer.template,
                    location: layer.location
                )
            )
        }
        guard let effective, effective.content != .null else { return }
        value = before.map { filledIn($0, from: effective) } ?? effective
    }

    /// The keys of `nearer`, and those it does not have.
    private func filledIn(_ nearer: ConfigValue, from farther: ConfigValue) -> ConfigValue {
        guard mergesOwners, case .map(let own) = nearer.content, case .map(let entries) = farther.content else {
            return nearer
        }
        let inherited = entries.map { entry in own.first { $0.key == entry.key } ?? entry }
        let added = own.filter { entry in !entries.contains { $0.key == entry.key } }
        return ConfigValue(.map(inherited + added), at: farther.location)
    }

    /// Adds what counts where nothing else does.
    mutating func addBuiltIn(_ content: ConfigValue.Content?) {
        guard let content else { return }
        let builtIn = ConfigValue(content, at: SourceLocation(file: "built-in"))
        layers.append(
            ConfigExplanation.Layer(standing: value == nil ? .wins : .overridden, owner: .builtIn, value: builtIn)
        )
        value = value ?? builtIn
    }

    /// An empty value, and one that is no map, ends what its owner says; maps fill one another in.
    private func standing(
        of value: ConfigValue,
        before: ConfigValue?,
        isFirst: Bool,
        isClosed: inout Bool
    ) -> ConfigExplanation.Standing {
        if isClosed { return .overridden }
        isClosed = !value.isMap
        if isFirst && value.content == .null { return .empty }
        if let before { return mergesOwners && before.isMap && value.isMap ? .merged : .overridden }
        if isFirst { return .wins }
        return value.isMap ? .merged : .overridden
    }
}

extension ConfigValue {
    fileprivate var isMap: Bool {
        if case .map = content { true } else { false }
    }
}
